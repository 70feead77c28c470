/** The part of a certificate's subject or issuer that people know it by; all of it where there is none. */
export function commonName(name: string): string {
  const organisation = /(?:^|, )O=([^,]+)/.exec(name)?.[1]
  const common = /(?:^|, )CN=([^,]+)/.exec(name)?.[1]
  return [organisation, common].filter((part) => part !== undefined).join(' ') || name
}
