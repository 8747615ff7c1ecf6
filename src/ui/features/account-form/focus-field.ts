/** Puts the cursor into the field of that name. */
export function focusField(fields: HTMLElement | null, name: string): void {
  fields?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus()
}
