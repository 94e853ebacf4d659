import { defineConfig } from "tsup";
import base from "../../tsup.base.js";

/** Also as CommonJS: generated validators import it, and back ends without ESM load those. */
export default defineConfig({ ...base, format: ["esm", "cjs"] });
