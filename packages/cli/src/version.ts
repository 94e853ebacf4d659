import packageJson from "../package.json" with { type: "json" };

/** Version of this command, which generated files carry. */
export const generatorVersion: string = packageJson.version;
