// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRouter, createWebHashHistory } from 'vue-router'
import Overview from './views/Overview.vue'

const numberOf = (id: string | string[]): number => Number(Array.isArray(id) ? id[0] : id)

// Only the overview comes with the page; the rest is loaded when it is wanted, or when there is nothing else to do (beforehand).
const JobPage = () => import('./views/JobPage.vue')
const NewJob = () => import('./views/NewJob.vue')

export const router = createRouter({
	history: createWebHashHistory(),
	routes: [
		{ path: '/', name: 'overview', component: Overview },
		{ path: '/new', name: 'new', component: NewJob },
		{ path: '/jobs/:id(\\d+)/:step?', name: 'job', component: JobPage, props: route => ({ id: numberOf(route.params.id), step: String(route.params.step ?? '') }) },
		{ path: '/admin/jobs', name: 'all-jobs', component: () => import('./views/AllJobs.vue') },
		{ path: '/admin/workspaces/:name', name: 'workspace', component: () => import('./views/WorkspacePage.vue'), props: true },
		{ path: '/admin/log', name: 'log', component: () => import('./views/LogPage.vue') },
		{ path: '/admin/settings', name: 'settings', component: () => import('./views/AdminSettings.vue') },
		{ path: '/:rest(.*)*', redirect: '/' },
	],
})

// Since the page was opened the app may have been updated: what it wants to load is gone, and the new page has its own.
router.onError((_failure, to) => {
	if (router.currentRoute.value.matched.length === 0) return // the page was only just opened: it would fail again
	window.location.hash = to.fullPath
	window.location.reload()
})

/** Loads what most people want next. */
export function beforehand(): void {
	const load = (): void => void Promise.all([NewJob(), JobPage()]).catch(() => undefined)
	if ('requestIdleCallback' in window) window.requestIdleCallback(load)
	else setTimeout(load, 1_000)
}
