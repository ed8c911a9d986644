/** An address, or text with addresses, without the passwords that they may hold. */
export function withoutPassword(text: string): string {
  return text.replaceAll(/(\/\/)[^/@\s]*@/g, "$1");
}
