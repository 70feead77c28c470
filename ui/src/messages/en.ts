import { blueprint, reasons } from './blueprint'
import { checks, checksShort, evidence, objects, verdicts } from './evidence'
import { choice, jobs, trash } from './life'
import { changeDetails, changes, findings, kinds, plan } from './plans'
import { errors, notAPlatform, readOnly, refusals, rewrites, rules } from './problems'
import { catalog, connection, domains, form, frame, journal, start, tenants, verify } from './screens'

/** Every text of the interface, in ICU message format. */
export const messages = {
  ...frame,
  ...start,
  ...tenants,
  ...choice,
  ...trash,
  ...jobs,
  ...blueprint,
  ...reasons,
  ...form,
  ...domains,
  ...catalog,
  ...verify,
  ...journal,
  ...connection,
  ...plan,
  ...changes,
  ...changeDetails,
  ...findings,
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
