package io.trails.internal.agent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Activity;
import io.trails.AgentProfile;
import io.trails.Screen;
import io.trails.internal.settings.BuiltInAgentsForTests;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads screens of the built-in agents. Each file begins with the page that documents the screen, what is to be read from it,
 * and where the cursor is.
 */
class GoldenScreensTest {
    private static final int COLUMNS = 100;
    private static final int ROWS = 24;

    static List<Path> screens() throws IOException, URISyntaxException {
        var folder = Path.of(
                requireNonNull(GoldenScreensTest.class.getResource("golden")).toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("screens")
    void a_screen_says_what_the_agent_does(Path file) throws IOException {
        Golden golden = Golden.read(file);
        var nanos = new AtomicLong();
        var region = new PromptRegion(golden.profile());
        var watch = new ActivityWatch(golden.profile(), region, Clock.systemUTC(), nanos::get);
        var terminal = new ShownTerminal(golden.screen());
        watch.look(terminal);
        nanos.addAndGet(golden.profile().quiet().toNanos());

        Activity activity = watch.look(terminal);

        assertThat(activity.state()).hasToString(golden.header("state"));
        assertThat(activity.evidence().strip())
                .isEqualTo(golden.header("evidence").strip());
    }

    @ParameterizedTest
    @MethodSource("screens")
    void a_screen_says_whether_a_draft_is_in_the_prompt(Path file) throws IOException {
        Golden golden = Golden.read(file);
        boolean draft = Draft.isIn(new PromptRegion(golden.profile()), golden.screen(), Optional.empty());
        assertThat(draft ? "yes" : "no").isEqualTo(golden.header("draft"));
    }

    private record Golden(AgentProfile profile, List<String> headers, Screen screen) {
        static Golden read(Path file) throws IOException {
            List<String> all = Files.readAllLines(file);
            List<String> headers =
                    all.stream().filter(line -> line.startsWith("# ")).toList();
            var rows = new ArrayList<>(all.subList(headers.size(), all.size()));
            while (rows.size() < ROWS) rows.add("");
            String agent = file.getFileName().toString().split("-", 2)[0];
            assertThat(headers.get(0)).startsWith("# source: https://");
            String[] cursor = header(headers, "cursor").split(" ", 2);
            var where = new Screen.Cursor(Integer.parseInt(cursor[0]), Integer.parseInt(cursor[1]));
            return new Golden(
                    BuiltInAgentsForTests.profile(agent),
                    headers,
                    new Screen(rows, COLUMNS, ROWS, Optional.of(where), false));
        }

        String header(String name) {
            return header(headers, name);
        }

        private static String header(List<String> headers, String name) {
            String start = "# " + name + ": ";
            return headers.stream()
                    .filter(line -> line.startsWith(start))
                    .findFirst()
                    .orElseThrow()
                    .substring(start.length());
        }
    }
}
