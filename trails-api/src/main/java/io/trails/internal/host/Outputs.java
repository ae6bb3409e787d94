package io.trails.internal.host;

import io.trails.Capture;
import io.trails.Output;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Both outputs of one command. Belongs to one thread. */
final class Outputs implements AutoCloseable {
    /** How long a silent pipe may stay open after the command, when a program in the background may hold it. */
    private static final long GRACE_MILLIS = 100;
    /** How long a talkative one may. */
    private static final long LONGEST_SECONDS = 2;

    private final int maxBytes;
    private final Optional<SpillFile> outFile;
    private final Optional<SpillFile> errFile;
    private @Nullable OutputDrain out;
    private @Nullable OutputDrain err;

    private Outputs(int maxBytes, Optional<SpillFile> outFile, Optional<SpillFile> errFile) {
        this.maxBytes = maxBytes;
        this.outFile = outFile;
        this.errFile = errFile;
    }

    static Outputs open(Capture capture) {
        if (capture.spill().isEmpty()) return new Outputs(capture.maxBytes(), Optional.empty(), Optional.empty());
        Path base = capture.spill().get();
        SpillFile out = SpillFile.open(base, ".out");
        try {
            return new Outputs(capture.maxBytes(), Optional.of(out), Optional.of(SpillFile.open(base, ".err")));
        } catch (RuntimeException e) {
            out.close();
            throw e;
        }
    }

    void drain(Process process, Executor threads) {
        out = new OutputDrain(process.getInputStream(), maxBytes, outFile);
        err = new OutputDrain(process.getErrorStream(), maxBytes, errFile);
        threads.execute(out);
        threads.execute(err);
    }

    /** Waits, after the command has ended, for the ends of its outputs, unless something in the background holds them. */
    void await(RunningCommand command, ProcessTable table) throws InterruptedException {
        if (out == null || err == null) return;
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        if (out.await(GRACE_MILLIS, until) && err.await(GRACE_MILLIS, until)) return;
        // Quiet because held by somebody, or because this machine is too busy to run the readers?
        if (!table.readsVariables() || !command.family().living().isEmpty()) return;
        long longest = TimeUnit.SECONDS.toMillis(LONGEST_SECONDS);
        if (out.await(longest, until)) err.await(longest, until);
    }

    Output stdout() {
        return out == null ? Output.empty() : out.detach();
    }

    Output stderr() {
        return err == null ? Output.empty() : err.detach();
    }

    @Override
    public void close() {
        if (out != null) out.discard();
        if (err != null) err.discard();
        if (outFile.isPresent()) outFile.get().close();
        if (errFile.isPresent()) errFile.get().close();
    }
}
