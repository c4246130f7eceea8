package dev.sluice.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Users and groups as {@code /etc/passwd} and {@code /etc/group} list them; see passwd(5) and
 * group(5). Lines of another shape are left out.
 */
final class Accounts {

    /** A user and the number of the group that is his own. */
    record User(String name, long id, long group) {}

    /** A group and those who are members besides the users whose own it is. */
    record Group(String name, long id, Set<String> members) {}

    private final List<User> users;
    private final List<Group> groups;

    Accounts(String passwd, String group) {
        this.users = parse(passwd, Accounts::user);
        this.groups = parse(group, Accounts::group);
    }

    Optional<User> user(String name) {
        return users.stream().filter(user -> user.name().equals(name)).findFirst();
    }

    Optional<User> user(long id) {
        return users.stream().filter(user -> user.id() == id).findFirst();
    }

    Optional<Group> group(String name) {
        return groups.stream().filter(group -> group.name().equals(name)).findFirst();
    }

    Optional<Group> group(long id) {
        return groups.stream().filter(group -> group.id() == id).findFirst();
    }

    /** Whether the user gets this group when a process of his starts. */
    static boolean isMember(User user, Group group) {
        return user.group() == group.id() || group.members().contains(user.name());
    }

    private static <T> List<T> parse(String content, Function<String[], T> form) {
        List<T> parsed = new ArrayList<>();
        for (String line : content.lines().toList()) {
            String[] fields = line.split(":", -1);
            if (fields.length >= 4 && isNumber(fields[2])) {
                parsed.add(form.apply(fields));
            }
        }
        return parsed;
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,10}");
    }

    private static User user(String[] fields) {
        long group = isNumber(fields[3]) ? Long.parseLong(fields[3]) : -1;
        return new User(fields[0], Long.parseLong(fields[2]), group);
    }

    private static Group group(String[] fields) {
        Set<String> members =
                Arrays.stream(fields[3].split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
        return new Group(fields[0], Long.parseLong(fields[2]), members);
    }
}
