package io.trails.examples;

import io.trails.Activity;
import io.trails.Agent;
import io.trails.AgentProfile;
import io.trails.Change;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.SecurityPolicy;
import io.trails.Session;
import io.trails.SessionInfo;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Opens a session on a real directory in the best mode this machine offers, says why that mode, gives an agent a task,
 * and shows what the agent changed. The agent is a small shell script, so that nothing has to be installed.
 */
public final class Quickstart {
    private static final String SESSION = "quickstart";
    private static final String NOTES = "quickstart-notes.md";

    /** Reads one task per line, writes a file, and prompts again, as the agents people use do on a larger scale. */
    private static final String AGENT = """
            printf 'demo> \\n'
            while read -r task; do
              echo "* working on: $task"
              { echo "# $task"; find . -name '*.java' -not -path './.*' | wc -l; } > %s
              echo '* done'
              printf 'demo> \\n'
            done
            """.formatted(NOTES);

    private Quickstart() {}

    /** Runs the quickstart on the directory that the argument names, or on the current one. */
    public static void main(String[] args) {
        Path project = Path.of(args.length > 0 ? args[0] : "").toAbsolutePath();
        AgentProfile demo = AgentProfile.named("demo", "sh", "-c", AGENT)
                .prompt("^demo>")
                .quiet(Duration.ofMillis(200))
                .build();
        // The host vouches for its own script; an agent that nobody trusts never works in the project itself unasked.
        SecurityPolicy policy = SecurityPolicy.builder().trust("demo").build();
        SessionSpec spec = SessionSpec.named(SESSION).agent(demo).build();

        try (Trails trails = Trails.builder(project).agent(demo).policy(policy).build()) {
            System.out.println(trails.advise(spec).explain());

            Session session = trails.find(SESSION).orElseGet(() -> trails.open(spec));
            SessionInfo info = session.info();
            System.out.println("\nSession '" + info.name() + "' is " + info.state() + " in "
                    + info.directory().map(Path::toString).orElse("a place of its own") + "\n");

            Agent agent = session.agent();
            agent.submit("How many Java files are there?");
            agent.terminal().await(screen -> screen.contains("* done"), Duration.ofSeconds(30));
            Activity activity = agent.await(now -> now.state() == Activity.State.IDLE, Duration.ofSeconds(30));
            System.out.println(agent.terminal().screen().text().strip());
            System.out.println("\nThe agent is " + activity.state() + " (" + activity.evidence() + "). It changed:");
            for (Change change : session.changes().files()) {
                System.out.println("  " + change.kind() + " " + change.path());
            }

            System.out.println("\nAudit log intact: " + trails.audit().verify().intact());
            session.exec("rm", NOTES).orThrow(); // a removal keeps a session that has work nobody merged
            RemovalReport report = session.remove(RemovalPolicy.safe().endingProcesses());
            System.out.println("The session is " + (report.complete() ? "removed" : "kept: " + report.kept()));
        }
    }
}
