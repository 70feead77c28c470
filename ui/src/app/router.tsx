import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { TenantsScreen } from '../features/tenants/TenantsScreen'
import { Root } from './Root'
import {
  blueprintSearch,
  catalogSearch,
  domainImportSearch,
  domainsSearch,
  fleetSearch,
  healthSearch,
  jobsSearch,
  journalSearch,
  manySearch,
  releasesSearch,
  syncSearch,
  tenantsSearch,
  verifySearch,
} from './search'

const root = createRootRoute({ component: Root })
const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/tenants', replace: true })
  },
})
const tenants = createRoute({
  getParentRoute: () => root,
  path: '/tenants',
  validateSearch: tenantsSearch,
  component: TenantsScreen,
})
const many = createRoute({
  getParentRoute: () => root,
  path: '/tenants/csv',
  validateSearch: manySearch,
  component: lazyRouteComponent(() => import('../features/many/ManyScreen'), 'ManyScreen'),
})
const domains = createRoute({
  getParentRoute: () => root,
  path: '/domains',
  validateSearch: domainsSearch,
  component: lazyRouteComponent(() => import('../features/domains/DomainsScreen'), 'DomainsScreen'),
})
const domainImport = createRoute({
  getParentRoute: () => root,
  path: '/domains/import',
  validateSearch: domainImportSearch,
  component: lazyRouteComponent(() => import('../features/domains/import/ImportScreen'), 'ImportScreen'),
})
const domainSettings = createRoute({
  getParentRoute: () => root,
  path: '/domains/settings',
  component: lazyRouteComponent(() => import('../features/domains/policy/PolicyScreen'), 'PolicyScreen'),
})
const catalog = createRoute({
  getParentRoute: () => root,
  path: '/catalog',
  validateSearch: catalogSearch,
  component: lazyRouteComponent(() => import('../features/catalog/CatalogScreen'), 'CatalogScreen'),
})
const catalogReleases = createRoute({
  getParentRoute: () => root,
  path: '/catalog/releases',
  validateSearch: releasesSearch,
  component: lazyRouteComponent(() => import('../features/catalog/releases/ReleasesScreen'), 'ReleasesScreen'),
})
const catalogFleet = createRoute({
  getParentRoute: () => root,
  path: '/catalog/fleet',
  validateSearch: fleetSearch,
  component: lazyRouteComponent(() => import('../features/catalog/fleet/FleetScreen'), 'FleetScreen'),
})
const catalogSync = createRoute({
  getParentRoute: () => root,
  path: '/catalog/fleet/sync',
  validateSearch: syncSearch,
  component: lazyRouteComponent(() => import('../features/catalog/sync/SyncScreen'), 'SyncScreen'),
})
const health = createRoute({
  getParentRoute: () => root,
  path: '/health',
  validateSearch: healthSearch,
  component: lazyRouteComponent(() => import('../features/health/HealthScreen'), 'HealthScreen'),
})
const verify = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  validateSearch: verifySearch,
  component: lazyRouteComponent(() => import('../features/verify/VerifyScreen'), 'VerifyScreen'),
})
const blueprint = createRoute({
  getParentRoute: () => root,
  path: '/blueprint',
  validateSearch: blueprintSearch,
  component: lazyRouteComponent(() => import('../features/blueprint/BlueprintScreen'), 'BlueprintScreen'),
})
const jobs = createRoute({
  getParentRoute: () => root,
  path: '/jobs',
  validateSearch: jobsSearch,
  component: lazyRouteComponent(() => import('../features/jobs/JobsScreen'), 'JobsScreen'),
})
const journal = createRoute({
  getParentRoute: () => root,
  path: '/journal',
  validateSearch: journalSearch,
  component: lazyRouteComponent(() => import('../features/journal/JournalScreen'), 'JournalScreen'),
})
const connect = createRoute({
  getParentRoute: () => root,
  path: '/connect',
  component: lazyRouteComponent(() => import('../features/connection/ConnectScreen'), 'ConnectScreen'),
})

const routeTree = root.addChildren([
  index,
  tenants,
  many,
  domains,
  domainImport,
  domainSettings,
  catalog,
  catalogReleases,
  catalogFleet,
  catalogSync,
  blueprint,
  health,
  verify,
  jobs,
  journal,
  connect,
])

export function makeRouter() {
  return createRouter({ routeTree, history: createHashHistory(), defaultStructuralSharing: true })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
