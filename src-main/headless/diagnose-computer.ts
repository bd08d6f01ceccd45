/**
 * What of this computer goes into a diagnosis.
 * @module
 */
import { arch, cpus, freemem, homedir, networkInterfaces, release, totalmem, type } from 'node:os';
import type { DiagnosisFacts, InterfaceFact } from '../diagnosis/diagnosis-facts.ts';
import { findFfmpeg } from '../ffmpeg/find-ffmpeg.ts';

/** Network cards and their addresses: computers with many containers have hundreds. */
const MAX_INTERFACES = 200;

/** Facts of this moment. @param version Of Relaydeck. */
export function computerFacts(
  version: string,
): Pick<DiagnosisFacts, 'versions' | 'computer' | 'homeDir' | 'interfaces'> {
  const processors = cpus();
  // Node's types know no other program around it.
  const around: Readonly<Record<string, string | undefined>> = process.versions;
  return {
    versions: {
      relaydeck: version,
      node: process.versions.node,
      electron: around['electron'] ?? null,
      os: `${type()} ${release()}`,
      arch: arch(),
    },
    computer: {
      cpus: processors.length,
      cpuModel: processors[0]?.model.trim() ?? 'unknown',
      memoryBytes: totalmem(),
      freeMemoryBytes: freemem(),
      usedBytes: process.memoryUsage.rss(),
    },
    homeDir: homeOrNothing(),
    interfaces: interfaceFacts(),
  };
}

/** The FFmpeg that would be used; null: none was found. @param setting Path of the chosen one, or empty. */
export async function ffmpegFact(setting: string): Promise<DiagnosisFacts['ffmpeg']> {
  try {
    return (await findFfmpeg(setting)).found ?? null;
  } catch {
    return null;
  }
}

/** A user without an entry in the system's list of users (in containers) has no known folder. */
function homeOrNothing(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}

/** Some sandboxes do not let programs ask; a diagnosis without it is better than none. */
function interfaceFacts(): readonly InterfaceFact[] {
  try {
    return Object.entries(networkInterfaces())
      .flatMap(([name, addresses]) =>
        (addresses ?? []).map(({ family, address, internal }) => ({ name, family, address, internal })),
      )
      .slice(0, MAX_INTERFACES);
  } catch {
    return [];
  }
}
