// SPDX-License-Identifier: AGPL-3.0-or-later
// What the daemon says: names for the schemas of docs/api/openapi.yaml, from which schema.d.ts is generated.
import type { components, operations } from './schema'

type Schemas = components['schemas']

export type Reason = Schemas['Reason']
export type ReasonCount = Schemas['ReasonCount']
export type Sum = Schemas['Sum']
export type KindSum = Schemas['KindSum']
/** As the daemon tells them: nothing is left out. */
export type Choices = Required<Omit<Schemas['Choices'], 'convert'>> & { convert: Required<NonNullable<Schemas['Choices']['convert']>> }
export type Originals = Choices['originals']
export type ExportPart = Schemas['ExportPart']
export type FoundExport = Schemas['FoundExport']
export type FoundAccount = Schemas['FoundAccount']
export type Job = Omit<Schemas['Job'], 'choices'> & { choices: Choices }
export type JobState = Schemas['JobState']
export type Activity = NonNullable<Job['activity']>
export type Bridge = Schemas['Bridge']
export type Contents = Schemas['Contents']
export type Item = Schemas['Item']
export type Items = Schemas['Items']
export type ItemQuery = NonNullable<operations['items']['parameters']['query']>
export type Person = Schemas['Person']
export type People = Schemas['People']
export type PeopleDecisions = Schemas['PeopleDecisions']
export type PlaceOfFolder = Schemas['PlaceOfFolder']
export type Places = Schemas['Places']
export type Recipient = Schemas['Recipient']
export type DecisionKind = Schemas['Decision']['kind']
export type Share = Schemas['Share']
export type Shares = Schemas['Shares']
export type UndoPreview = Schemas['UndoPreview']
export type Health = Schemas['Health']
export type Limits = Schemas['Limits']
export type Log = Schemas['Log']
export type LogQuery = NonNullable<operations['log']['parameters']['query']>
/** Whose an address of an export is here; `like`: an account that only has a similar name. */
export interface AddressOwners { address: string, found: string[], like: string[] }
export interface Accounts { addresses: AddressOwners[], accounts: { id: string, name: string }[] }
export type ProblemDocument = Schemas['Problem']
