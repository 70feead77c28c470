const made = new Set<string>()

/** Notes the moment at which something was asked for or answered for the first time. */
export function mark(name: 'tenants-asked' | 'tenants-answered' | 'domains-asked' | 'domains-answered') {
  if (made.has(name)) return
  made.add(name)
  performance.mark(name)
}

/** Notes the moment at which something has been painted for the first time, for measurements of the window. */
export function markPainted(name: 'first-rows' | 'usable' | 'domains-first-rows') {
  if (made.has(name)) return
  made.add(name)
  requestAnimationFrame(() => setTimeout(() => performance.mark(name)))
}
