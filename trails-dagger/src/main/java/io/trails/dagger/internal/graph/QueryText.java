package io.trails.dagger.internal.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A query that is being written, and the variables it needs. Single-threaded. */
final class QueryText {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> variables = new LinkedHashMap<>();

    QueryText raw(String part) {
        text.append(part);
        return this;
    }

    void arguments(List<Argument> arguments) {
        if (arguments.isEmpty()) return;
        text.append('(');
        members(arguments);
        text.append(')');
    }

    private void members(List<Argument> arguments) {
        String gap = "";
        for (Argument argument : arguments) {
            text.append(gap).append(argument.name()).append(':');
            gap = ",";
            value(argument.value());
        }
    }

    private void value(Value value) {
        if (value instanceof Value.Text inline) {
            quoted(inline.text());
        } else if (value instanceof Value.Hidden hidden) {
            String name = "s" + variables.size();
            variables.put(name, hidden.text());
            text.append('$').append(name);
        } else if (value instanceof Value.Whole whole) {
            text.append(whole.number());
        } else if (value instanceof Value.Truth truth) {
            text.append(truth.truth());
        } else if (value instanceof Value.Word word) {
            text.append(word.name());
        } else if (value instanceof Value.Items list) {
            items(list.items());
        } else if (value instanceof Value.Members object) {
            text.append('{');
            members(object.members());
            text.append('}');
        }
    }

    private void items(List<Value> items) {
        text.append('[');
        String gap = "";
        for (Value item : items) {
            text.append(gap);
            gap = ",";
            value(item);
        }
        text.append(']');
    }

    /** What is not ASCII stays as it is: of two escapes for one character outside the basic plane, lexers make two characters. */
    private void quoted(String inline) {
        text.append('"');
        for (int at = 0; at < inline.length(); at++) {
            char unit = inline.charAt(at);
            if (unit == '"' || unit == '\\') {
                text.append('\\').append(unit);
            } else if (Character.isISOControl(unit) || unit == 0x2028 || unit == 0x2029 || unit == 0xfeff) {
                text.append(String.format("\\u%04x", (int) unit));
            } else {
                text.append(unit);
            }
        }
        text.append('"');
    }

    Map<String, String> variables() {
        return variables;
    }

    /** The whole query, with its variables declared. */
    String query() {
        if (variables.isEmpty()) return "query" + text;
        var declared = new StringBuilder("query(");
        String gap = "";
        for (String name : variables.keySet()) {
            declared.append(gap).append('$').append(name).append(":String!");
            gap = ",";
        }
        return declared.append(')').append(text).toString();
    }
}
