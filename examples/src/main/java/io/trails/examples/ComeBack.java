package io.trails.examples;

import io.trails.Activity;
import io.trails.OutputReader;
import io.trails.Playback;
import io.trails.Recording;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.Terminal;
import io.trails.TerminalCapability;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Finds the agent that {@link StartAndLeave} started, in another JVM, and sees what it did meanwhile. */
public final class ComeBack {
    private static final int PIECE = 64 * 1024;

    private ComeBack() {}

    /** Looks in the directory that the argument names, or in the current one. */
    public static void main(String[] args) throws IOException {
        Path project = Path.of(args.length > 0 ? args[0] : "").toAbsolutePath();
        try (Trails trails = DemoAgent.trails(project)) {
            Session session = trails.find(StartAndLeave.SESSION)
                    .orElseThrow(() -> new IllegalStateException("Run StartAndLeave first"));
            Terminal terminal = session.agent().terminal();

            // A host that remembers its position goes on there; 0 is the first byte the agent ever printed.
            if (terminal.capabilities().contains(TerminalCapability.STREAM)) {
                try (OutputReader output = terminal.output(0)) {
                    byte[] missed = output.read(PIECE, Duration.ofSeconds(1));
                    System.out.println("It printed " + missed.length + " bytes while no host was there.");
                }
            }
            Activity activity =
                    session.agent().await(now -> now.state() == Activity.State.IDLE, Duration.ofSeconds(30));
            System.out.println(
                    "It is " + activity.state() + " (" + activity.evidence().strip() + ") and shows:\n");
            System.out.println(terminal.screen().text().strip());

            if (terminal.capabilities().contains(TerminalCapability.RECORDING)) {
                Recording recording = terminal.recording();
                System.out.println("\nThe whole " + recording.length().toMillis() + " ms again, without its pauses:\n");
                recording.replay(System.out, Playback.original().speed(Double.POSITIVE_INFINITY));
                System.out.println("\n\nHalfway it showed:\n");
                System.out.println(
                        recording.replay(recording.length().dividedBy(2)).text().strip());
            }
            terminal.attachCommand()
                    .ifPresent(command -> System.out.println("\nTo join it: " + String.join(" ", command)));
            session.remove(RemovalPolicy.safe().endingProcesses()); // its recording stays, in .trails/recordings
        }
    }
}
