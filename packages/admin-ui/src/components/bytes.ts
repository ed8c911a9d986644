/** A number of bytes in words of the language, e.g. `1.4 GB`. */
export function bytesText(bytes: number, language: string): string {
  const [unit, size] = bytes >= 2 ** 30 ? (["gigabyte", 2 ** 30] as const) : bytes >= 2 ** 20 ? (["megabyte", 2 ** 20] as const) : (["kilobyte", 2 ** 10] as const);
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / size);
}
