import ts from "typescript";

/** A program whose files are given as text, by absolute path; what they import is read from the disk. */
export function virtualProgram(
  sources: ReadonlyMap<string, string>,
  options: ts.CompilerOptions,
): ts.Program {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile, directoryExists } = host;
  host.getSourceFile = (name, version) => {
    const text = sources.get(name);
    return text === undefined
      ? getSourceFile.call(host, name, version)
      : ts.createSourceFile(name, text, version);
  };
  host.fileExists = (name) => sources.has(name) || fileExists.call(host, name);
  host.readFile = (name) => sources.get(name) ?? readFile.call(host, name);
  host.directoryExists = (name) =>
    [...sources.keys()].some((path) => path.startsWith(`${name}/`)) ||
    directoryExists?.call(host, name) === true;
  return ts.createProgram([...sources.keys()], options, host);
}
