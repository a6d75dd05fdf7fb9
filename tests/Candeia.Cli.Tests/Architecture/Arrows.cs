using System.Text.RegularExpressions;

namespace Candeia.Cli.Tests;

/// <summary>Who may use whom, as a page draws it: <c>`A` `B` → `C` + `D` → `E`</c>. What stands side by side does not know each other, except where a plus joins it.</summary>
sealed partial class Arrows
{
    readonly HashSet<(string From, string To)> _direct = [];
    readonly HashSet<string> _names = [];

    public IReadOnlySet<string> Names => _names;

    public IReadOnlySet<(string From, string To)> Direct => _direct;

    public static Arrows Of(IEnumerable<string> lines, Func<string, string>? rename = null)
    {
        var arrows = new Arrows();
        foreach (string line in lines.SelectMany(l => l.Split(';')))
        {
            string[] left = [];
            foreach (string group in Arrow().Split(line))
            {
                string[] right = [.. Word().Matches(group).Select(m => (rename ?? (n => n))(m.Value))];
                foreach (string name in right) arrows.AddName(name);
                foreach (string a in left) foreach (string b in right) arrows.Add(a, b);
                if (group.Contains('+', StringComparison.Ordinal)) foreach (string a in right) foreach (string b in right) if (a != b) arrows.Add(a, b);
                left = right;
            }
        }
        return arrows;
    }

    public void AddName(string name) => _names.Add(name);

    public void Add(string from, string to)
    {
        _names.UnionWith([from, to]);
        _direct.Add((from, to));
    }

    /// <summary>With all that follows: who may use B may use what B uses.</summary>
    public HashSet<(string From, string To)> Closure()
    {
        HashSet<(string From, string To)> all = [.. _direct];
        while (true)
        {
            var more = (from a in all from b in all where a.To == b.From && a.From != b.To select (a.From, b.To)).Where(e => !all.Contains(e)).ToArray();
            if (more.Length == 0) return all;
            all.UnionWith(more);
        }
    }

    [GeneratedRegex("→|─+→|──→")]
    private static partial Regex Arrow();

    [GeneratedRegex(@"\b[A-Z][\w.]*\b")]
    private static partial Regex Word();
}
