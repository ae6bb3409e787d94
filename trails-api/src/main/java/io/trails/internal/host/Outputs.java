package io.trails.internal.host;

import io.trails.Capture;
import io.trails.Output;
import java.io.IOException;
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

    /** Starts the command and has its outputs read. */
    Process start(ProcessBuilder builder, OutputPipes pipes, Executor threads) throws IOException {
        OutputPipe outPipe = pipes.take();
        OutputPipe errPipe = pipes.take();
        Process process = start(builder, outPipe, errPipe);
        out = new OutputDrain(outPipe == null ? process.getInputStream() : outPipe, maxBytes, outFile);
        err = new OutputDrain(errPipe == null ? process.getErrorStream() : errPipe, maxBytes, errFile);
        threads.execute(out);
        threads.execute(err);
        return process;
    }

    private static Process start(ProcessBuilder builder, @Nullable OutputPipe out, @Nullable OutputPipe err)
            throws IOException {
        if (out != null) builder.redirectOutput(out.writingEnd());
        if (err != null) builder.redirectError(err.writingEnd());
        try {
            return builder.start();
        } catch (IOException | RuntimeException e) {
            if (out != null) out.unused();
            if (err != null) err.unused();
            throw e;
        }
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
