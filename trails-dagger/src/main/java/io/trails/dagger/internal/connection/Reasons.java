package io.trails.dagger.internal.connection;

import io.trails.Reason;
import java.nio.file.Path;
import java.util.List;

/** Why an engine cannot be used, and what would help. */
final class Reasons {
    private Reasons() {}

    private static Reason unavailable(String code, String message, String remedy) {
        return Reason.of(code, message, remedy);
    }

    static Reason cliMissing(String wanted) {
        return unavailable(
                "dagger.cli-missing",
                "There is no program " + wanted,
                "Install the Dagger CLI, release 0.19 or later, and put it on the PATH or into the settings as cli");
    }

    static Reason cliNotExecutable(Path program) {
        return unavailable(
                "dagger.cli-not-executable",
                "The file " + program + " cannot be executed",
                "Make it executable for this user, or name another Dagger CLI");
    }

    static Reason cliFailed(Path program, String detail) {
        return unavailable(
                "dagger.cli-failed",
                "The program " + program + " does not even tell its version" + detail(detail),
                "Install the Dagger CLI again, or name another one");
    }

    static Reason tooOld(String version) {
        return unavailable(
                "dagger.version-unsupported",
                "Dagger " + version + " is too old",
                "Install the Dagger CLI and engine of release 0.19 or later");
    }

    static Reason lacking(String version, List<String> missing) {
        String shown = String.join(", ", missing.subList(0, Math.min(5, missing.size())));
        return unavailable(
                "dagger.version-unsupported",
                missing.size() == 1
                        ? "The engine " + version + " lacks " + shown + ", which is needed"
                        : "The engine " + version + " lacks " + missing.size() + " things that are needed, such as "
                                + shown,
                "Install the Dagger CLI and engine of release 0.19 or later");
    }

    static Reason unreachable(String where, String detail) {
        return unavailable(
                "dagger.engine-unreachable",
                "No engine answers at " + where + detail(detail),
                "Start the engine, or the container service that runs it, or name another engine as runner_host");
    }

    static Reason denied(String where) {
        return unavailable(
                "dagger.permission-denied",
                "This user may not connect to " + where,
                "Give the user access to it, for example by a group, or name another engine as runner_host");
    }

    static Reason sessionInvalid() {
        return unavailable(
                "dagger.session-invalid",
                "DAGGER_SESSION_PORT and DAGGER_SESSION_TOKEN do not name a session",
                "Set both, the port to a number from 1 to 65535, or neither");
    }

    static Reason sessionRefused() {
        return unavailable(
                "dagger.session-refused",
                "The session that DAGGER_SESSION_PORT names refuses DAGGER_SESSION_TOKEN",
                "Run inside a live dagger session, or unset both variables");
    }

    static Reason hung(String what, String detail) {
        return unavailable(
                "dagger.engine-hung",
                "There was no answer in time from " + what + detail(detail),
                "Look after the engine and restart it, or name another one as runner_host");
    }

    static Reason startFailed(String detail) {
        return unavailable(
                "dagger.cli-ended",
                "The Dagger CLI ended before there was a session" + detail(detail),
                "Run 'dagger version' and 'dagger core version' by hand to see what is missing");
    }

    static Reason startTimeout(EngineChoice choice, String detail) {
        return unavailable(
                "dagger.start-timeout",
                "The engine " + choice.name() + " did not start within "
                        + choice.startTimeout().toSeconds() + " s" + detail(detail),
                "Give it more time as start_timeout, or start the engine beforehand");
    }

    private static String detail(String text) {
        return text.isBlank() ? "" : " (" + text + ")";
    }
}
