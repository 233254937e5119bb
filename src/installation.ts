import { makeBigRoom, type Adapters, type BigRoom } from './compose.js';
import { isNamedAlike, type Person, type Project } from './people/person.js';
import {
  firstPlace,
  installationPartition,
  nameTaken,
  programmeRegistry,
  type Namesake,
  type NewProgramme,
  type ProgrammePlace,
  type Programmes,
} from './people/programmes.js';
import { elapsedMs } from './platform/clock.js';
import { refOf } from './platform/actor.js';
import { AppError, isAppError } from './platform/errors.js';
import type { PersonId, ProgrammeId } from './platform/ids.js';
import { partitionOf } from './platform/partition.js';
import type { ProgrammeLink } from './shared/answers/people.js';

/** One programme of an installation, as this instance runs it. */
export interface Running {
  readonly place: ProgrammePlace;
  readonly adapters: Adapters;
  readonly bigRoom: BigRoom;
}

/** A programme that another instance made is known here after so long at the latest. In milliseconds. */
const placesLifeMs = 30_000;
/** Somebody asks for a name that is not known: others of that kind need not ask the storage again for so long. */
const unknownLifeMs = 1_000;

/**
 * The programmes of an installation: one whole Big Room each, on a partition and queues of its own. The first one is there
 * from the beginning and has the addresses themselves; the others are registered, and under `/p/<name>`.
 */
export function installationOf(given: Adapters) {
  const { rows, log, clock, publicUrl, queuesOf } = given;
  const registry = programmeRegistry(partitionOf(rows, installationPartition, log));
  const running = new Map<string, Running>();
  let readAt = -Infinity;
  let reading: Promise<readonly ProgrammePlace[]> | undefined;

  /** Where the person is; installations with one programme have no links. */
  async function programmesOf({ id, role }: Person, here: ProgrammePlace): Promise<readonly ProgrammeLink[]> {
    const all = await refresh(placesLifeMs);
    if (all.length < 2) return [];
    const links = await Promise.all(
      all.map(async ({ place, bigRoom: { people } }): Promise<readonly ProgrammeLink[]> => {
        const isThis = place.name === here.name;
        // Whoever may see the page of this one is in it, perhaps by a role of the directory.
        if (!isThis && !(await mayEnter(people, id, role))) return [];
        const names = (await people.isBegun())
          ? (await people.programme()).names
          : { fi: '', sv: '', en: '' };
        return [{ name: place.name, names, isThis }];
      }),
    );
    return links.flat();
  }

  async function add(by: Person, here: ProgrammePlace, programme: NewProgramme): Promise<ProgrammeLink> {
    const { name, names, projects } = programme;
    if (here.name !== '' || queuesOf === undefined) throw new AppError('permission.denied');
    const place = await registry.add({ name, at: clock.now().toString(), by: refOf(by) });
    try {
      await run(place).bigRoom.people.begin(by, { id: name as ProgrammeId, names, projects });
    } catch (error) {
      throw isAppError(error, 'programme.standsAlready') ? nameTaken() : error;
    }
    return { name, names, isThis: false };
  }

  /** Nothing else of another programme is shown than its name, and that it has such a project. */
  async function namesakes(here: ProgrammePlace, projects: readonly Project[]): Promise<readonly Namesake[]> {
    const others = (await refresh(placesLifeMs)).filter(({ place }) => place.name !== here.name);
    const found = await Promise.all(
      others.map(async ({ bigRoom: { people } }): Promise<readonly Namesake[]> => {
        if (!(await people.isBegun())) return [];
        const { names, projects: theirs } = await people.programme();
        const isTheirs = (mine: Project): boolean => theirs.some((each) => isNamedAlike(mine, each));
        return projects.filter(isTheirs).map(({ id }) => ({ projectId: id, programme: names }));
      }),
    );
    return found.flat();
  }

  /** In which programmes the person is, and with which they talk. */
  async function chatProgrammes(id: PersonId): Promise<readonly ProgrammeLink[]> {
    const all = await refresh(placesLifeMs);
    if (all.length < 2) return [];
    const [chosen, ...found] = await Promise.all([
      registry.chosenBy(id),
      ...all.map(async ({ place: { name }, bigRoom: { people } }) =>
        (await people.find(id)) === undefined ? undefined : { name, names: (await people.programme()).names },
      ),
    ]);
    const theirs = found.filter((each) => each !== undefined);
    const current = theirs.find(({ name }) => name === chosen) ?? theirs[0];
    return theirs.map((each) => ({ ...each, isThis: each === current }));
  }

  async function choose(id: PersonId, name: string): Promise<void> {
    if (!(await chatProgrammes(id)).some((each) => each.name === name))
      throw new AppError('signIn.notMember');
    await registry.choose(id, name);
  }

  const programmesFor = (place: ProgrammePlace): Programmes => ({
    of: (person) => programmesOf(person, place),
    inChat: chatProgrammes,
    choose,
    add: (by, programme) => add(by, place, programme),
    namesakes: (projects) => namesakes(place, projects),
  });

  function adaptersFor(place: ProgrammePlace): Adapters {
    if (place.name === '') return { ...given, programmes: programmesFor(place) };
    if (queuesOf === undefined) throw new Error('there are no queues for a further programme');
    const { firstStart: _first, ...common } = given;
    return {
      ...common,
      ...queuesOf(place),
      publicUrl: `${publicUrl}/p/${place.name}`,
      programmes: programmesFor(place),
    };
  }

  function run(place: ProgrammePlace): Running {
    const known = running.get(place.name);
    if (known !== undefined) return known;
    const adapters = adaptersFor(place);
    const one = { place, adapters, bigRoom: makeBigRoom(adapters, place) };
    running.set(place.name, one);
    return one;
  }

  const first = run(firstPlace);

  /** All programmes, the first one first; as they were registered at most so long ago. */
  async function refresh(maxAgeMs: number): Promise<readonly Running[]> {
    if (queuesOf !== undefined && elapsedMs(clock) >= readAt + maxAgeMs) {
      // Those who ask at once share an answer.
      reading ??= registry.places().finally(() => {
        reading = undefined;
      });
      for (const place of await reading) run(place);
      readAt = elapsedMs(clock);
    }
    return [...running.values()];
  }

  return {
    first,

    /** All programmes, the first one first; while the storage is away, those that are known. */
    all: async (): Promise<readonly Running[]> => {
      try {
        return await refresh(placesLifeMs);
      } catch (error) {
        if (readAt === -Infinity || !isAppError(error, 'storage.unavailable')) throw error;
        return [...running.values()];
      }
    },

    /** With which programme somebody chose to talk in chat, by its name. */
    chosenBy: (id: PersonId): Promise<string | undefined> => registry.chosenBy(id),

    /** The further programme of this name. */
    find: async (name: string): Promise<Running | undefined> => {
      if (name === '' || running.has(name)) return name === '' ? undefined : running.get(name);
      await refresh(unknownLifeMs);
      return running.get(name);
    },
  };
}

export type Installation = ReturnType<typeof installationOf>;

/** Whether somebody can open a programme: its own people, and whoever may begin one that has none yet. */
async function mayEnter(
  people: BigRoom['people'],
  id: PersonId,
  roleElsewhere: Person['role'],
): Promise<boolean> {
  if ((await people.find(id)) !== undefined) return true;
  return roleElsewhere === 'admin' && !(await people.isBegun());
}
