// SPDX-License-Identifier: AGPL-3.0-or-later
import { formatFileSize } from '@nextcloud/files'
import { getCanonicalLocale } from '@nextcloud/l10n'
import { n, t } from './l10n'

export const bytes = (count: number): string => formatFileSize(count, false, false, true)

export const count = (value: number): string => value.toLocaleString(getCanonicalLocale())

/** A stretch of time as a person says it: only its largest unit or two. */
export function duration(seconds: number): string {
	const minutes = Math.round(seconds / 60)
	if (seconds < 60) return t('passerelle', 'less than a minute')
	if (minutes < 60) return n('passerelle', '%n minute', '%n minutes', minutes)
	const hours = Math.floor(minutes / 60)
	if (hours < 24) return t('passerelle', '{hours} h {minutes} min', { hours, minutes: minutes % 60 })
	return n('passerelle', '%n day', '%n days', Math.round(hours / 24))
}

export const moment = (time: string): string =>
	new Date(time).toLocaleString(getCanonicalLocale(), { dateStyle: 'medium', timeStyle: 'short' })

export const clock = (time: string): string =>
	new Date(time).toLocaleTimeString(getCanonicalLocale(), { hour: '2-digit', minute: '2-digit' })

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0))
