import { installFake } from './fake'
import { largeCatalog } from './fake/master'
import {
  adoptedPlatform,
  busyPlatform,
  emptyPlatform,
  examplePlatform,
  hostilePlatform,
  largePlatform,
} from './fake/platform'

const scenarios = {
  adopted: adoptedPlatform,
  busy: busyPlatform,
  catalog: () => ({ ...examplePlatform(), catalog: largeCatalog() }),
  empty: emptyPlatform,
  example: examplePlatform,
  large: largePlatform,
  hostile: hostilePlatform,
}
const wanted = new URLSearchParams(window.location.search)
const scenario = scenarios[(wanted.get('scenario') ?? 'example') as keyof typeof scenarios] ?? examplePlatform

// The router would read these as its own.
window.history.replaceState(null, '', `/${window.location.hash}`)
// As in the window itself.
Object.freeze(Object.prototype)
installFake(scenario(), {
  pace: Number(wanted.get('pace') ?? 60),
  locked: wanted.has('locked'),
  failing: {
    ...(wanted.has('closed') && {
      status: {
        code: 'private_server',
        advice: 'The disk of /home/user is full: 12 MB are free, and 200 MB are needed. Make room, then try again.',
      },
    }),
    ...(wanted.has('lost') && { list_tenants: { code: 'no_database', reason: 'the server did not answer in time' } }),
  },
})
void import('../main')
