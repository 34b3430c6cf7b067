/** Light, dark, or as the system says. A cookie, so that the server draws it right at once. */
export function theme(): void {
  document.addEventListener('click', (e) => {
    const chosen = (e.target as Element).closest<HTMLElement>('[data-set-theme]')?.dataset.setTheme;
    if (chosen) {
      if (chosen === 'auto') delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = chosen;
      document.cookie = `loket-theme=${chosen === 'auto' ? '' : chosen}; path=/; max-age=${chosen === 'auto' ? 0 : 31536000}; samesite=lax`;
    }
    // The menu closes when one clicks beside it.
    const menu = document.querySelector<HTMLDetailsElement>('.me[open]');
    if (menu && !menu.contains(e.target as Node)) menu.open = false;
  });
  document.addEventListener('keydown', (e) => {
    const menu = document.querySelector<HTMLDetailsElement>('.me[open]');
    if (e.key === 'Escape' && menu) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
      e.preventDefault();
    }
  });
}
