import type { ConversionPlan, Model } from "@hivewire/codegen";
import { isSameVersion } from "@hivewire/protocol";
import type { Project } from "./config.js";
import { readRelease } from "./diff/baselines.js";
import { findReleases, isNewer } from "./releases.js";

/**
 * How the server's frames become those of each live older version. Patch versions are one on the wire: they need none.
 * @throws CliError when a release cannot be read
 */
export async function planConversions(
  project: Project,
  model: Model,
  progress: (text: string) => void,
): Promise<readonly ConversionPlan[]> {
  const releases = (await findReleases(project.schemaPath)).filter(
    ({ version }) =>
      model.supportedVersions.includes(version) &&
      isNewer(model.version, version) &&
      !isSameVersion(version, model.version),
  );
  if (releases.length === 0) return [];
  const { planConversion } = await import("@hivewire/compat");
  const newer = { model, label: model.version };
  return Promise.all(
    releases.map(async (release) => {
      const older = await readRelease(release, project);
      const onMessage = (name: string): void => progress(`converting ${name} for ${release.version}`);
      return planConversion(newer, older, { onMessage });
    }),
  );
}
