package io.trails.dagger.internal.sandbox;

import io.trails.dagger.internal.exec.Scrubber;
import io.trails.dagger.internal.recipe.SecretValues;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A command that a session ran, as far as it may be written down: without secrets, input and values of variables. Immutable.
 *
 * @param nonce tells it from every other one
 * @param directory absolute, in the container
 * @param variables names of those it was given
 * @param input whether it was given something to read
 * @param exitCode once it has ended by itself
 */
record Operation(
        String nonce,
        List<String> argv,
        String directory,
        List<String> variables,
        boolean input,
        OptionalInt exitCode) {
    Operation {
        argv = List.copyOf(argv);
        variables = List.copyOf(variables);
    }

    /** A command that begins now. */
    static Operation of(Prepared prepared, SecretValues secrets) {
        var hidden = new ArrayList<>(secrets.values());
        hidden.addAll(prepared.hidden());
        Scrubber scrubber = Scrubber.of(hidden);
        return new Operation(
                UUID.randomUUID().toString(),
                prepared.command().argv().stream().map(scrubber::scrub).toList(),
                prepared.directory(),
                List.copyOf(new TreeSet<>(prepared.command().environment().keySet())),
                prepared.text().isPresent() || prepared.file().isPresent(),
                OptionalInt.empty());
    }

    /** Whether it ended by itself, and what is written down is enough to run it again. */
    boolean isRepeatable() {
        return !input && exitCode.isPresent() && argv.stream().noneMatch(argument -> argument.contains("[redacted]"));
    }

    Operation ended(int code) {
        return new Operation(nonce, argv, directory, variables, input, OptionalInt.of(code));
    }
}
