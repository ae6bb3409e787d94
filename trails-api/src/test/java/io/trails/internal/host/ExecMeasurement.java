package io.trails.internal.host;

import io.trails.Command;
import io.trails.spi.HostDirectory;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * Compares the host sandbox with a bare ProcessBuilder that drains both pipes, the two taking turns. Not a test: a noisy
 * machine must not fail the build. {@code main} prints medians and ratios.
 */
final class ExecMeasurement {
    private ExecMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Files.createTempDirectory("trails-measure");
        Path own = Files.createTempDirectory("trails-measure");
        SandboxRequest request = SandboxRequest.builder("measure", new HostDirectory(home), own)
                .environment(System.getenv())
                .build();
        var provider = new HostSandboxProvider();
        Plan plan = provider.plan(request);
        try (Sandbox sandbox = provider.create(plan, request)) {
            compare("true", 400, sandbox, "true");
            compare("100 MB", 15, sandbox, "head", "-c", "100000000", "/dev/zero");
        }
    }

    private static void compare(String what, int times, Sandbox sandbox, String... argv) throws Exception {
        var bare = new long[times];
        var ours = new long[times];
        Command command = Command.of(argv);
        for (int i = -times / 2; i < times; i++) {
            long first = time(() -> bare(argv));
            long second = time(() -> sandbox.exec(command).orThrow());
            if (i >= 0) {
                bare[i] = first;
                ours[i] = second;
            }
        }
        Arrays.sort(bare);
        Arrays.sort(ours);
        double a = bare[times / 2] / 1e6;
        double b = ours[times / 2] / 1e6;
        System.out.printf("%-8s bare %.3f ms, host %.3f ms, ratio %.2f%n", what, a, b, b / a);
    }

    private static long time(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return System.nanoTime() - start;
    }

    private static int bare(String... argv) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv).start();
        process.getOutputStream().close();
        var errors = new Thread(() -> drain(process.getErrorStream()));
        errors.start();
        drain(process.getInputStream());
        errors.join();
        return process.waitFor();
    }

    private static void drain(InputStream stream) {
        var buffer = new byte[64 * 1024];
        try (stream) {
            while (stream.read(buffer) >= 0) {
                // Counts for nothing.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
