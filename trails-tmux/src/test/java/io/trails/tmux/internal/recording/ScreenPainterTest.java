package io.trails.tmux.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Screen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The painter shows what tmux shows. */
class ScreenPainterTest {
    private static final Pattern RESIZE = Pattern.compile("<(\\d+)x(\\d+)>");
    private static final String LINES = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    /** tmux 3.3 repeats nothing beyond ASCII, as later ones do. */
    private static final Pattern REPEATED = Pattern.compile("([漢é])\u001b\\[\\d+b");

    private static RealTmux tmux;

    @BeforeAll
    static void start() throws IOException {
        tmux = RealTmux.start();
    }

    @AfterAll
    static void end() throws IOException {
        if (tmux != null) tmux.close();
    }

    @TestFactory
    Stream<DynamicTest> shows_what_tmux_shows() {
        return corpus().stream().map(text -> DynamicTest.dynamicTest(visible(text), () -> compare(40, 10, text)));
    }

    @TestFactory
    Stream<DynamicTest> shows_what_tmux_shows_of_random_sequences() {
        int tries = Integer.getInteger("trails.test.painterTries", 40);
        long seed = Long.getLong("trails.test.seed", 1);
        return Stream.iterate(seed, n -> n + 1)
                .limit(tries)
                .map(n -> DynamicTest.dynamicTest("seed " + n, () -> compare(20, 6, random(new Random(n)))));
    }

    private static void compare(int columns, int rows, String text) throws IOException {
        var painter = new ScreenPainter(columns, rows);
        Screen expected;
        try (var pane = tmux.pane(columns, rows)) {
            Matcher resize = RESIZE.matcher(text);
            int from = 0;
            while (resize.find()) {
                both(painter, pane, text.substring(from, resize.start()));
                int width = Integer.parseInt(resize.group(1));
                int height = Integer.parseInt(resize.group(2));
                painter.resize(width, height);
                pane.resize(width, height);
                from = resize.end();
            }
            both(painter, pane, text.substring(from));
            expected = pane.screen();
        }
        assertThat(letters(painter.screen())).as(visible(text)).isEqualTo(letters(expected));
    }

    private static void both(ScreenPainter painter, RealTmux.Pane pane, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        pane.write(bytes);
        painter.write(bytes, 0, bytes.length);
        painter.write("\u0018");
    }

    /** tmux tells the letter a line was drawn with. */
    private static Screen letters(Screen screen) {
        var lines = new ArrayList<String>();
        for (String line : screen.lines()) {
            var letters = new StringBuilder();
            for (int i = 0; i < line.length(); i++) {
                int at = LINES.indexOf(line.charAt(i));
                letters.append(at < 0 ? line.charAt(i) : (char) ('`' + at));
            }
            lines.add(letters.toString());
        }
        return new Screen(lines, screen.columns(), screen.rows(), screen.cursor(), screen.alternate());
    }

    private static String visible(String text) {
        return text.replace("\u001b", "␛").replace("\r", "␍").replace("\n", "␊").replace("\b", "␈");
    }

    private static List<String> corpus() {
        String e = "\u001b[";
        return List.of(
                "hello\r\nworld",
                "a line that is longer than forty cells and wraps onto the next",
                "exactly forty cells: 0123456789012345678",
                "exactly forty cells: 0123456789012345678x",
                "exactly forty cells: 0123456789012345678\b\bX",
                "exactly forty cells: 0123456789012345678" + e + "DX",
                "exactly forty cells: 0123456789012345678" + e + "AX",
                "exactly forty cells: 0123456789012345678" + e + "CX",
                "exactly forty cells: 0123456789012345678" + e + "K\rY",
                "a\tb\tc\r\n\t\t\t\t\t\t\tend",
                "progress 10%\rprogress 50%\rprogress 100%\r\n" + e + "2Kdone",
                e + "999Cx" + e + "999Dy" + e + "5;5Hz",
                "1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9\r\n10\r\n11\r\n12",
                e + "1;31mred " + e + "38;5;208morange " + e + "38;2;1;2;3mrgb " + e + "38:2::1:2:3mcolon" + e + "0m.",
                "漢字かな交じり文 and 한국어 text that wraps 漢字漢字漢字漢字漢字漢字",
                e + "1;40H漢x",
                "a漢字" + e + "1;3Hx" + e + "1;4Hy",
                "a漢字" + e + "1;2HX",
                "emoji 😀 🚀 ✅ ⚠ 🇩🇪 👍🏽 👩‍💻 done",
                "e\u0301 a\u0308 combining n\u0303" + e + "1;1H",
                e + "2;8r" + e + "8;1Hbottom\r\n\r\nscrolled" + e + "2;1H\u001bMtop" + e + "r" + e + "10;1Hend",
                e + "3;6r" + e + "4;1H" + "a\r\nb\r\nc\r\nd\r\ne" + e + "5S" + e + "2T" + e + "r",
                "one\r\ntwo\r\nthree\r\nfour" + e + "2;1H" + e + "Linserted" + e + "4;1H" + e + "M",
                "abcdefgh" + e + "1;3H" + e + "2Pxx" + e + "3@yyy" + e + "2X",
                "abc" + e + "4h" + e + "1;1HXY" + e + "4l",
                "normal" + e + "?1049h" + e + "2J" + e + "Hfull screen",
                "normal" + e + "?1049h" + e + "2J" + e + "Hfull screen" + e + "?1049l back",
                "normal" + e + "?47hother" + e + "?47lback",
                "normal" + e + "?1047hother" + e + "?1047lback",
                e + "?1049ha" + e + "?1049hb" + e + "?1049lc" + e + "?1049ld",
                "\u001b]0;a title\u0007text\u001b]2;漢字\u001b\\more\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\",
                "\u001b(0lqqqk\r\nx   x\r\nmqqqj\u001b(B plain",
                "\u001b)0a\u000eqqq\u000fqqq",
                "saved\u001b7" + e + "5;5Hmoved\u001b8!",
                e + "5;5H" + e + "s" + e + "Hx" + e + "uy",
                "keyboard" + e + ">1u" + e + "<u" + e + "=5;1u" + e + "?u" + e + "?2004h" + e + ">4;2m.",
                "\u001bP1$r0m\u001b\\dcs\u001bPtmux;x\u001b\\y",
                "\u001b_title\u001b\\apc\u001bkname\u001b\\name\u001bXsos\u001b\\x\u001b^pm\u001b\\y",
                "rep" + e + "5bX" + e + "100bY",
                "a" + e + "?7l0123456789012345678901234567890123456789END" + e + "?7h",
                e + "?6h" + e + "3;5r" + e + "1;1Horigin" + e + "9;1Hlow" + e + "?6l",
                "abc" + e + "1;2H" + e + "1K" + e + "3;3Hx" + e + "1J",
                "abc\r\ndef\r\nghi" + e + "2;2H" + e + "J",
                "abc\r\ndef" + e + "H" + e + "Jx",
                "abc\r\ndef" + e + "2J" + "x" + e + "3J",
                "\u001b#8" + e + "2;2Hx",
                "abc\u001bcdef",
                e + "5;5H\u001bH" + e + "1;1H\tx" + e + "3g\ty",
                e + "1;20H" + e + "2Zx",
                "a\u001bDb\u001bEc\u001bMd",
                e + "Ex" + e + "3Ey" + e + "2Fz",
                e + "5dx" + e + "7`y" + e + "3Gz",
                "bell\u0007 nul\u0000 del\u007f ctl\u0001.",
                e + "12;345;67;xunknown" + e + "?$p" + e + "!pok",
                e + "1\r\n2Cinterrupted",
                "unfinished" + e + "12",
                "spinner ⠋\rspinner ⠙\r" + e + "Kdone ✔ ╭─╮ │ ╰─╯ ❯ › …",
                "1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9\r\n10\r\n11\r\n12<40x6>",
                "1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9\r\n10\r\n11\r\n12<40x14>x",
                "1\r\n2\r\n3<40x5>x<40x10>y",
                "a line that is longer than forty cells and wraps onto the next\r\nand another<30x10>.",
                "a line that is longer than forty cells and wraps onto the next\r\nand another<70x10>.",
                "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字 x<15x10>.<33x10>",
                e + "?1049hfull" + e + "10;30Hscreen<30x8>x<50x12>y",
                "normal text here" + e + "?1049hfull<30x8>x" + e + "?1049lback",
                e + "2;5r<40x12>" + e + "12;1H\r\nx");
    }

    /** Without inserting as many cells or lines as fit, for there tmux clears nothing. */
    private static final String[] PIECES = {
        "a",
        "bc",
        "word ",
        "漢",
        "é",
        "\r",
        "\n",
        "\r\n",
        "\b",
        "\t",
        "\u000e",
        "\u000f",
        "\u001b7",
        "\u001b8",
        "\u001bD",
        "\u001bE",
        "\u001bM",
        "\u001bH",
        "\u001b(0",
        "\u001b(B",
        "\u001b)0",
        "\u001bc",
        "0123456789",
        "01234567890123456789",
        "\u001b[A",
        "\u001b[B",
        "\u001b[C",
        "\u001b[D",
        "\u001b[%dA",
        "\u001b[%dB",
        "\u001b[%dC",
        "\u001b[%dD",
        "\u001b[%dG",
        "\u001b[%dd",
        "\u001b[%d;%dH",
        "\u001b[%d;%dH",
        "\u001b[%d;%dr",
        "\u001b[r",
        "\u001b[K",
        "\u001b[1K",
        "\u001b[2K",
        "\u001b[J",
        "\u001b[1J",
        "\u001b[2J",
        "\u001b[3J",
        "\u001b[%dP",
        "\u001b[%dX",
        "\u001b[%dM",
        "\u001b[%dS",
        "\u001b[%dT",
        "\u001b[%dZ",
        "\u001b[4l",
        "\u001b[?7l",
        "\u001b[?7h",
        "\u001b[?6h",
        "\u001b[?6l",
        "\u001b[?1049h",
        "\u001b[?1049l",
        "\u001b[s",
        "\u001b[u",
        "\u001b[%db",
        "\u001b[%dE",
        "\u001b[%dF",
        "\u001b[3g",
        "<%dx%d>"
    };

    private static String random(Random random) {
        var text = new StringBuilder();
        for (int n = 0; n < 40; n++) {
            String piece = PIECES[random.nextInt(PIECES.length)];
            if (piece.startsWith("<")) {
                if (random.nextInt(3) == 0)
                    text.append(piece.formatted(10 + random.nextInt(20), 3 + random.nextInt(8)));
            } else {
                text.append(piece.formatted(random.nextInt(24), random.nextInt(24)));
            }
        }
        return REPEATED.matcher(text).replaceAll("$1");
    }
}
