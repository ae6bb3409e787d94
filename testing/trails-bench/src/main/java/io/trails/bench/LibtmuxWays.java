package io.trails.bench;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes that libtmux starts for an operation, as read in its commit 036c521; Python's own time is not in it. What it
 * gives in return: every property of the session.
 */
final class LibtmuxWays {
    /** What tmux(1) calls the properties of a session, of its window and of its pane; it asks for all of them. */
    private static final String FORMAT = Stream.of(
                    named(
                            "session_",
                            "activity alerts attached attached_list created format group group_attached"
                                    + " group_attached_list group_list group_many_attached group_size grouped id"
                                    + " last_attached many_attached marked name path stack windows"),
                    named(
                            "window_",
                            "active active_clients active_clients_list active_sessions"
                                    + " active_sessions_list activity activity_flag bell_flag bigger cell_height cell_width"
                                    + " end_flag flags format height id index last_flag layout linked linked_sessions"
                                    + " linked_sessions_list marked_flag name offset_x offset_y panes raw_flags silence_flag"
                                    + " stack_index start_flag visible_layout width zoomed_flag"),
                    named(
                            "pane_",
                            "active at_bottom at_left at_right at_top bg bottom current_command current_path"
                                    + " dead dead_signal dead_status dead_time fg format height id in_mode index input_off last"
                                    + " left marked marked_set mode path pid pipe right search_string start_command start_path"
                                    + " synchronized tabs title top tty width"),
                    named(
                            "",
                            "active_window_index alternate_saved_x alternate_saved_y config_files cursor_character"
                                    + " cursor_flag cursor_x cursor_y history_bytes history_limit history_size host host_short"
                                    + " insert_flag keypad_cursor_flag keypad_flag last_window_index line mouse_all_flag"
                                    + " mouse_any_flag mouse_button_flag mouse_sgr_flag mouse_standard_flag next_session_id"
                                    + " origin_flag pid scroll_region_lower scroll_region_upper socket_path start_time uid user"
                                    + " version wrap_flag"))
            .flatMap(names -> names)
            .map(name -> "#{" + name + "}")
            .collect(Collectors.joining("\t"));

    private LibtmuxWays() {}

    private static Stream<String> named(String prefix, String names) {
        return Arrays.stream(names.split(" ", -1)).map(name -> prefix + name);
    }

    /** The text, then the return key. */
    static Way line(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        String target = PlainTmux.target(tmux.shows(Programs.READER, Programs.READY));
        return Way.timed(() -> {
            tmux.run("send-keys", "-t", target, "please go on");
            tmux.run("send-keys", "-t", target, "Enter");
        });
    }

    static Way capture(Stage stage) throws Exception {
        return PlainWays.capture(stage);
    }

    static Way list(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        return Way.timed(() -> tmux.run("list-sessions", "-F" + FORMAT));
    }

    static Way create(Stage stage) throws Exception {
        PlainTmux tmux = stage.plain();
        return () -> {
            String name = tmux.name();
            long took = Way.time(() -> {
                if (tmux.succeeds("has-session", "-t", "=" + name)) throw new IllegalStateException("It exists");
                tmux.run(
                        "new-session", "-P", "-F" + FORMAT, "-s" + name, "-d", "-x", "200", "-y", "50", PlainTmux.IDLE);
            });
            tmux.kill(name);
            return took;
        };
    }

    static Way kill(Stage stage) throws Exception {
        return PlainWays.kill(stage);
    }
}
