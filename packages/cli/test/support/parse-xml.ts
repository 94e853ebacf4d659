/** An element of XML. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

function decoded(text: string): string {
  return text.replace(/&(#\d+|\w+);/g, (_, name: string) => {
    if (name.startsWith("#")) return String.fromCodePoint(Number(name.slice(1)));
    const found = entities[name];
    if (found === undefined) throw new Error(`&${name}; is no entity of XML`);
    return found;
  });
}

/** Reads well-formed XML without comments, sections and namespaces; throws at whatever else. */
export function parseXml(xml: string): readonly XmlElement[] {
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const sticky = new RegExp(pattern, "y");
    sticky.lastIndex = at;
    const match = sticky.exec(body);
    if (match) at = sticky.lastIndex;
    return match ?? undefined;
  };
  const content = (): { children: XmlElement[]; text: string } => {
    const children: XmlElement[] = [];
    let text = "";
    for (;;) {
      text += decoded(take(/[^<]*/)?.[0] ?? "");
      const open = take(/<([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/);
      if (!open) return { children, text };
      const [, name = "", list = "", isEmpty] = open;
      const pairs = [...list.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [
        key,
        decoded(value),
      ]);
      const inner = isEmpty ? { children: [], text: "" } : content();
      if (!isEmpty && !take(new RegExp(`</${name}>`))) throw new Error(`<${name}> has no end at ${at}`);
      children.push({ name, attributes: Object.fromEntries(pairs), ...inner });
    }
  };
  const { children } = content();
  if (at !== body.length) throw new Error(`no XML at ${at}: ${body.slice(at, at + 40)}`);
  return children;
}
