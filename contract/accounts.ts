import * as z from 'zod/mini';

export const TOKEN_SCOPES = ['read', 'publish', 'admin'] as const;
export const TokenScopeSchema = z.enum(TOKEN_SCOPES);
export type TokenScope = z.infer<typeof TokenScopeSchema>;

/** User names are also publisher scopes (`name` owns `@name`), hence the slug rule. */
export const DevSignInSchema = z.object({
  name: z
    .string()
    .check(
      z.minLength(2),
      z.maxLength(39),
      z.regex(/^[a-z0-9](?:-?[a-z0-9])*$/, 'use lowercase letters, digits and single hyphens'),
    ),
});

export const UserSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.iso.datetime(),
});
export type User = z.infer<typeof UserSchema>;

/** The token is shown once; the service keeps only its hash. */
export const SignInResultSchema = z.object({ token: z.string(), user: UserSchema });
export type SignInResult = z.infer<typeof SignInResultSchema>;

export const MeSchema = z.object({ user: UserSchema, token: z.object({ id: z.string(), scopes: z.array(TokenScopeSchema) }) });

export const TokenSchema = z.object({
  id: z.string(),
  label: z.string(),
  scopes: z.array(TokenScopeSchema),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.optional(z.iso.datetime()),
  expiresAt: z.optional(z.iso.datetime()),
});
export type Token = z.infer<typeof TokenSchema>;

/** How people can sign in at this service; the extension and the CLI offer what is listed. */
export const SignInMethodsSchema = z.object({ methods: z.array(z.enum(['dev'])) });
