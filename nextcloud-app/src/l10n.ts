// SPDX-License-Identifier: AGPL-3.0-or-later
import { n as plural, t as translate } from '@nextcloud/l10n'

// Vue escapes what it shows: texts come as they are, or an apostrophe would be seen as "&#39;".
const AS_IT_IS = { escape: false, sanitize: false }

export const t = (app: 'passerelle', text: string, values?: Record<string, string | number>): string =>
	translate(app, text, values, undefined, AS_IT_IS)

export const n = (app: 'passerelle', one: string, many: string, count: number, values?: Record<string, string | number>): string =>
	plural(app, one, many, count, values, AS_IT_IS)
