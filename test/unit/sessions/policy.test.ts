import assert from 'node:assert/strict';
import type { Represented } from '../../../src/platform/actor.js';
import type { ProjectId } from '../../../src/platform/ids.js';
import { projectsOfActor, requireMayActFor, signedForProject } from '../../../src/sessions/policy.js';
import { actor, everybody } from '../../make.js';

const project = (id: string): ProjectId => id as ProjectId;

/** For whom somebody acts, with the projects of that person. */
const away = (name: string, role: Represented['role'], projects: readonly string[]): Represented => ({
  ...actor(name, role),
  role,
  projects: projects.map(project),
  until: '2026-12-05',
});

describe('for which projects a substitute may act', () => {
  const people = {
    find: () => Promise.resolve(everybody[0] && { ...everybody[0], projects: [project('elma')] }),
  };

  it('is for their own and those of who is away, and they sign as what it took', async () => {
    const substitute = { ...actor('vilma'), actsFor: [away('kalle', 'worker', ['digi'])] };
    const projects = await projectsOfActor({ people }, substitute);
    requireMayActFor(projects, project('elma'));
    requireMayActFor(projects, project('digi'));
    assert.throws(() => {
      requireMayActFor(projects, project('lahella'));
    }, /presenter\.notYours/);
    assert.equal(signedForProject(projects, project('elma')).for, undefined);
    assert.deepEqual(signedForProject(projects, project('digi')).for, { id: 'kalle', name: 'Kalle' });
  });

  it('is for every one where who is away leads the sessions, signed in their name', async () => {
    const substitute = { ...actor('vilma'), actsFor: [away('kaisa', 'coordinator', [])] };
    const projects = await projectsOfActor({ people }, substitute);
    requireMayActFor(projects, project('lahella'));
    assert.equal(signedForProject(projects, project('lahella')).for?.id, 'kaisa');
    assert.equal(signedForProject(projects, project('elma')).for, undefined);
  });
});
