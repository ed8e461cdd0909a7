import type ts from 'typescript';

export function foreignKeys(program: ts.Program, isWanted: (file: string) => boolean): readonly string[];
export function programOf(folder: string): ts.Program;
