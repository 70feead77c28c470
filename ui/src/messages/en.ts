import { adding, conflict } from './adding'
import * as adoption from './adoption'
import { blueprint, reasons } from './blueprint'
import { catalogCopy, catalogFleet, catalogHeat, pictures } from './catalogFleet'
import { catalogReleases } from './catalogReleases'
import { catalogFields, catalogRows } from './catalogRows'
import { catalogSync } from './catalogSync'
import { domainImport } from './domainImport'
import { domainPolicy } from './domainPolicy'
import * as domainScreen from './domains'
import { checks, checksShort, evidence, objects, verdicts } from './evidence'
import * as health from './health'
import { choice, clone, jobs, trash } from './life'
import { many } from './many'
import * as master from './master'
import { changeDetails, changes, conflictFindings, findings, kinds, plan } from './plans'
import { errors, notAPlatform, readOnly, refusals, rewrites, rules } from './problems'
import { catalog, connection, domains, form, frame, journal, start, tenants, verify } from './screens'
import * as world from './world'

/** Every text of the interface, in ICU message format. */
export const messages = {
  ...frame,
  ...start,
  ...tenants,
  ...choice,
  ...clone,
  ...trash,
  ...jobs,
  ...blueprint,
  ...reasons,
  ...form,
  ...many,
  ...domains,
  ...adding,
  ...conflict,
  ...domainImport,
  ...domainPolicy,
  ...domainScreen.domainList,
  ...domainScreen.domainStates,
  ...domainScreen.domainChoice,
  ...domainScreen.domainBoard,
  ...domainScreen.domainWho,
  ...domainScreen.domainHandover,
  ...domainScreen.domainViews,
  ...world.world,
  ...world.ownerships,
  ...world.routings,
  ...world.certificates,
  ...world.lookupFailures,
  ...world.fix,
  ...world.steps,
  ...world.whyRemove,
  ...world.mail,
  ...world.seen,
  ...world.chainEnds,
  ...world.chainVerdicts,
  ...world.handshakes,
  ...world.proof,
  ...world.checkAll,
  ...world.jobKinds,
  ...world.checkJobs,
  ...catalog,
  ...master.master,
  ...master.schemaTexts,
  ...master.importTexts,
  ...master.usage,
  ...master.retire,
  ...catalogRows,
  ...catalogFields,
  ...catalogReleases,
  ...catalogFleet,
  ...catalogCopy,
  ...catalogHeat,
  ...pictures,
  ...catalogSync,
  ...verify,
  ...health.health,
  ...health.severities,
  ...health.symptomNames,
  ...health.symptoms,
  ...health.parts,
  ...journal,
  ...connection,
  ...adoption.tls,
  ...adoption.seen,
  ...adoption.deadlocks,
  ...adoption.leads,
  ...adoption.actions,
  ...adoption.statements,
  ...adoption.adoption,
  ...adoption.startValues,
  ...adoption.open,
  ...adoption.columns,
  ...plan,
  ...changes,
  ...changeDetails,
  ...findings,
  ...conflictFindings,
  ...kinds,
  ...verdicts,
  ...checks,
  ...checksShort,
  ...objects,
  ...evidence,
  ...rules,
  ...rewrites,
  ...errors,
  ...notAPlatform,
  ...readOnly,
  ...refusals,
}

export type MessageId = keyof typeof messages
