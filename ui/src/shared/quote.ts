/** A name as SQL writes it, for statements that somebody else runs. */
export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
