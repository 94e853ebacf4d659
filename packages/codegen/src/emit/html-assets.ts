/** Style of the reference page: system fonts, two palettes, one column of text beside a list. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #fbfaf8; --panel: #f3f1ed; --ink: #24211d; --soft: #6b655c; --line: #e3dfd7; --mark: #fff3c4;
  --client: #1f5f8b; --client-back: #e3eef6; --server: #2f6b3f; --server-back: #e4f0e6; --warn: #9a4a12; --warn-back: #f8e9db;
  --key: #1f5f8b; --text: #2f6b3f; --number: #9a4a12; --word: #7a3e8e;
  --sans: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #171614; --panel: #1e1d1a; --ink: #e6e2da; --soft: #9c958a; --line: #33302b; --mark: #4a3f14;
    --client: #8fc3e8; --client-back: #1b2c39; --server: #94cfa2; --server-back: #1c2f21; --warn: #eab07f; --warn-back: #38271a;
    --key: #8fc3e8; --text: #94cfa2; --number: #eab07f; --word: #d0a5e0;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1.5rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.6 var(--sans); }
a { color: inherit; text-decoration-color: var(--soft); text-underline-offset: 0.2em; }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--client); outline-offset: 2px; border-radius: 3px; }
code, pre { font-family: var(--mono); font-size: 0.86em; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: 0.5rem 1rem; z-index: 1; }
.hidden-text { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.layout { display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1.25rem; background: var(--panel); border-right: 1px solid var(--line); }
nav .title { margin: 0 0 1rem; font-weight: 600; overflow-wrap: anywhere; }
nav .title small { color: var(--soft); font-weight: 400; }
nav h2 { margin: 1.5rem 0 0.35rem; font-size: 0.75rem; font-weight: 600; letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: 0.15rem 0.5rem; margin: 0 -0.5rem; border-radius: 4px; text-decoration: none; font-size: 0.92rem; overflow-wrap: anywhere; }
nav li a:hover { background: var(--line); }
nav .old a { text-decoration: line-through; color: var(--soft); }
input[type="search"] { width: 100%; padding: 0.45rem 0.7rem; border: 1px solid var(--line); border-radius: 6px; background: var(--page); color: var(--ink); font: inherit; font-size: 0.92rem; }
.count { margin: 0.4rem 0 0; min-height: 1.3em; font-size: 0.8rem; color: var(--soft); }
main { max-width: 60rem; padding: 2.5rem clamp(1.25rem, 4vw, 4rem) 6rem; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.01em; overflow-wrap: anywhere; }
main > header p { max-width: 42rem; color: var(--soft); }
main > h2 { margin: 3.5rem 0 0; font-size: 0.8rem; letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft); }
article { padding: 2rem 0; border-bottom: 1px solid var(--line); }
article:target h3 { background: var(--mark); }
h3 { display: inline; margin: 0; font-size: 1.25rem; overflow-wrap: anywhere; }
h3 a { text-decoration: none; }
h4 { margin: 1.5rem 0 0.4rem; font-size: 0.8rem; color: var(--soft); font-weight: 600; }
article > p { max-width: 42rem; margin: 0.6rem 0; }
.facts { display: flex; flex-wrap: wrap; gap: 0.4rem 0.9rem; align-items: center; margin: 0.6rem 0; padding: 0; list-style: none; color: var(--soft); font-size: 0.88rem; }
.facts code { color: var(--ink); }
.badge { padding: 0.1rem 0.55rem; border-radius: 999px; font-size: 0.78rem; white-space: nowrap; }
.client { color: var(--client); background: var(--client-back); }
.server { color: var(--server); background: var(--server-back); }
.warn { color: var(--warn); background: var(--warn-back); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
th, td { padding: 0.5rem 0.9rem 0.5rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--soft); font-weight: 500; font-size: 0.8rem; }
tbody th { font-weight: 500; white-space: nowrap; }
.optional { color: var(--soft); }
td .notes { color: var(--soft); font-size: 0.85em; display: block; overflow-wrap: anywhere; }
pre { margin: 0; padding: 1rem 1.1rem; overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; line-height: 1.5; }
.k { color: var(--key); } .s { color: var(--text); } .n { color: var(--number); } .w { color: var(--word); }
[hidden] { display: none !important; }
@media (max-width: 50rem) {
  .layout { display: block; }
  nav { position: static; height: auto; max-height: none; border-right: 0; border-bottom: 1px solid var(--line); }
}
@media print { nav { display: none; } .layout { display: block; } article { break-inside: avoid; } }
`;

/** Script of the reference page: hides what does not contain every word of the search. It holds nothing from the schema. */
export const pageScript = `
(() => {
  const search = document.getElementById("search");
  const count = document.getElementById("count");
  const entries = [...document.querySelectorAll("[data-search]")];
  const groups = [...document.querySelectorAll("[data-group]")];
  const apply = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    for (const entry of entries) entry.hidden = !words.every((word) => entry.dataset.search.includes(word));
    for (const group of groups)
      group.hidden = !entries.some((entry) => !entry.hidden && entry.dataset.in === group.dataset.group);
    const found = entries.filter((entry) => entry.tagName === "ARTICLE" && !entry.hidden).length;
    count.textContent = words.length === 0 ? "" : found + (found === 1 ? " match" : " matches");
  };
  search.addEventListener("input", apply);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "Escape" && event.target === search) {
      search.value = "";
      apply();
    }
  });
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.hidden) {
      search.value = "";
      apply();
      target.scrollIntoView();
    }
  });
  document.getElementById("find").hidden = false;
  apply();
})();
`;
