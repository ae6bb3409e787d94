package io.trails.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs two programs by turns and takes the time of each from its start to its end. */
final class ProcessRace {
    private static final int WARMUPS = 3;

    private final Scratch scratch;
    private final int runs;

    ProcessRace(Scratch scratch, int runs) {
        this.scratch = scratch;
        this.runs = runs;
    }

    /** What both took, each time in a new directory, whose path is added as their last argument. */
    Result between(List<String> baseline, List<String> trails) throws IOException, InterruptedException {
        var bare = new long[runs];
        var ours = new long[runs];
        for (int i = -WARMUPS; i < runs; i++) {
            long first = time(baseline);
            long second = time(trails);
            if (i < 0) continue;
            bare[i] = first;
            ours[i] = second;
        }
        return new Result(Sample.of(bare), Sample.of(ours));
    }

    /** What a race found. */
    record Result(Sample baseline, Sample trails) {}

    private long time(List<String> command) throws IOException, InterruptedException {
        Path directory = scratch.project();
        List<String> argv = new ArrayList<>(command);
        argv.add(directory.toString());
        ProcessBuilder builder =
                new ProcessBuilder(argv).redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT);
        long start = System.nanoTime();
        int exit = builder.start().waitFor();
        long elapsed = System.nanoTime() - start;
        if (exit != 0) throw new IllegalStateException(argv + " exited with " + exit);
        Scratch.delete(directory);
        return elapsed;
    }
}
