import { provideSecretFile } from "../../processes/secret-file.ts";
import { SignIn } from "../../access/sign-in/sign-in.ts";
import { secretFile } from "../../config/config.ts";
import type { ControlPlane } from "../../control-plane.ts";

/** Sign-in as the settings want it. Several servers of one installation need one MODYARD_SECRET: each would make its own. */
export function openSignIn({ handle, config, logger }: ControlPlane): SignIn {
  const { secret = provideSecretFile(secretFile(config.dataDirectory)), ...options } = config.signIn;
  return new SignIn(handle, { ...options, secret }, logger);
}
