package io.trails.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.bench.Contest.Effort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContestTest {
    private final List<String> order = new ArrayList<>();

    private final Contest contest = new Contest(
                    new Effort(Duration.ofNanos(1), 3, Sample.Unit.NANOSECONDS), "bare", way("bare", 10))
            .entry("one", Target.ratio(2), way("one", 20))
            .entry("other", Target.none(), way("other", 5), "It cheats.");

    private Contest.Made way(String name, long took) {
        return stage -> () -> {
            order.add(name);
            return took;
        };
    }

    @Test
    void all_ways_take_turns() throws Exception {
        run("");

        assertThat(order.subList(order.size() - 9, order.size()))
                .containsExactly("bare", "one", "other", "bare", "one", "other", "bare", "one", "other");
    }

    @Test
    void each_way_is_compared_with_the_first() throws Exception {
        assertThat(run(""))
                .containsExactly(
                        new Row("one", "bare", Sample.of(10, 10, 10), Sample.of(20, 20, 20), Target.ratio(2), ""),
                        new Row(
                                "other",
                                "bare",
                                Sample.of(10, 10, 10),
                                Sample.of(5, 5, 5),
                                Target.none(),
                                "It cheats."));
    }

    @Test
    void what_nobody_wants_is_not_done() throws Exception {
        assertThat(run("other")).extracting(Row::what).containsExactly("other");

        assertThat(order).doesNotContain("one");
    }

    private List<Row> run(String part) throws Exception {
        try (Scratch scratch = Scratch.create()) {
            return contest.run(scratch, false, title -> title.contains(part));
        }
    }
}
