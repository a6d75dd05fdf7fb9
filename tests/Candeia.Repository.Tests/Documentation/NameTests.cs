using System.Text;
using System.Text.RegularExpressions;

namespace Candeia.Repository.Tests;

/// <summary>
/// Where those who come from PyTorch or from R's torch find what they know: docs/names.tsv says it, a line for each name, and the pages docs/coming-from-*.md
/// show it. The table is held against what users can call, in both directions.
/// </summary>
public partial class NameTests
{
    /// <param name="Family">Under which heading.</param>
    /// <param name="PyTorch">The name there, without torch; empty where only R has one.</param>
    /// <param name="R">The name in R's torch; empty where it has none.</param>
    /// <param name="Candeia">How it is called here.</param>
    /// <param name="Remark">What is different.</param>
    sealed record Row(string Family, string PyTorch, string R, string Candeia, string Remark);

    static readonly Row[] s_rows = [.. Checkout.Read("docs", "names.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split('\t') is [var f, var p, var r, var c, var m] ? new Row(f, p, r, c, m) : throw new FormatException(l))];

    /// <summary>Every name that users can call, from docs/api: members with those of their types.</summary>
    static readonly HashSet<string> s_api = [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "docs", "api")).SelectMany(File.ReadLines)
        .SelectMany(line => Called().Matches(line).Select(m => m.Value))];

    [Fact]
    public void Every_place_in_the_table_is_something_that_users_can_call()
    {
        string[] missing = [.. from row in s_rows from Match name in Name().Matches(row.Candeia) where !s_api.Contains(name.Value) select $"{row.PyTorch}{row.R}: {name.Value} in {row.Candeia}"];
        Assert.True(missing.Length == 0, $"docs/names.tsv names what is not there:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Every_name_stands_in_the_table_once()
    {
        Assert.All(s_rows, r => Assert.True(r.PyTorch.Length + r.R.Length > 0, $"{r.Candeia} stands for nothing."));
        Assert.Empty(s_rows.Where(r => r.PyTorch.Length > 0).GroupBy(r => r.PyTorch).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(s_rows.Where(r => r.R.Length > 0).GroupBy(r => r.R).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    /// <summary>Functions of tensors, by their files. Those that a layer has the name of are found as that layer; others of networks stand in folders of their own.</summary>
    [Fact]
    public void Every_function_of_tensors_stands_in_the_table()
    {
        HashSet<string> named = [.. s_rows.SelectMany(r => Name().Matches(r.Candeia).Select(m => m.Value))];
        HashSet<string> layers = [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src", "Candeia.NN", "Layers"), "*.cs", SearchOption.AllDirectories).SelectMany(File.ReadLines)
            .SelectMany(line => Class().Matches(line).Select(m => m.Groups[1].Value.ToUpperInvariant()))];
        string[] missing = [.. from folder in s_folders
                               from file in Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src", "Candeia.Core", "Ops", folder))
                               from function in Function().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Distinct()
                               where !named.Contains(function) && !s_ours.Contains(function) && !layers.Contains(function.ToUpperInvariant())
                               select $"{function} in {folder}/{Path.GetFileName(file)}"];
        Assert.True(missing.Length == 0, $"Whoever knows PyTorch does not find these; give each its line in docs/names.tsv:\n{string.Join('\n', missing)}");
    }

    static readonly string[] s_folders = ["Creation", "Movement", "Elementwise", "Reductions", "Indexing", "Linear", "Random"];

    /// <summary>What PyTorch has no name for, and what only ops have.</summary>
    static readonly string[] s_ours = ["ChannelsLast", "Draw"];

    /// <summary>
    /// What R's torch exports (the NAMESPACE of mlverse/torch at 8f8bb05), and its torchvision and torchdatasets (those of mlverse/torchvision at 000a8b8, with what came later, and of
    /// mlverse/torchdatasets at 002f9a4), name by name: each has a line. A line without a place says why: because the name belongs to what does not exist here, or because it is
    /// missing, which few may be.
    /// </summary>
    [Theory]
    [InlineData("r-torch.txt"), InlineData("r-torchvision.txt")]
    public void Every_export_of_R_stands_in_the_table(string list)
    {
        string[] exports = Checkout.Read("tests", "Candeia.Repository.Tests", "Documentation", list).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rows = s_rows.Where(r => r.R.Length > 0).ToDictionary(r => r.R);
        Assert.All(exports, e => Assert.True(rows.ContainsKey(e), $"{e} has no line."));
        Row[] without = [.. exports.Select(e => rows[e]).Where(r => r.Candeia == "–")];
        Assert.All(without, r => Assert.Matches("^(missing|not applicable)", r.Remark));
        int missing = without.Count(r => r.Remark.StartsWith("missing", StringComparison.Ordinal)), applicable = exports.Length - without.Length + missing;
        Assert.True(missing <= 0.02 * applicable, $"{missing} of {applicable} exports have no place.");
    }

    public static TheoryData<string> Pages => ["pytorch", "r-torch"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_pages_show_the_table(string page)
    {
        string file = Path.Combine(Checkout.Root, "docs", $"coming-from-{page}.md"), text = File.ReadAllText(file).ReplaceLineEndings("\n");
        int from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, to = text.IndexOf(End, StringComparison.Ordinal);
        string shown = text[..from] + "\n" + Table(page == "r-torch") + text[to..];
        if (Environment.GetEnvironmentVariable("CANDEIA_WRITE_API") == "1") WholeFile.Write(file, shown);
        else Assert.True(shown == text, $"docs/coming-from-{page}.md does not show docs/names.tsv; run eng/api, which writes it anew.");
    }

    const string Begin = "<!-- from names.tsv, by eng/api -->", End = "<!-- end -->";

    static string Table(bool r)
    {
        var text = new StringBuilder();
        foreach (var family in s_rows.Where(row => (r ? row.R : row.PyTorch).Length > 0).GroupBy(row => row.Family))
        {
            text.Append($"\n### {family.Key}\n\n| {(r ? "R" : "PyTorch")} | Candeia | |\n|---|---|---|\n");
            foreach (var row in family) text.Append($"| `{(r ? row.R : row.PyTorch)}` | `{row.Candeia.Replace("|", "\\|", StringComparison.Ordinal)}` | {row.Remark} |\n");
        }
        return text.Append('\n').ToString();
    }

    [GeneratedRegex(@"\b[A-Z]\w*")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<=[ .])[A-Z]\w*(?=[(<{, ]|$)")]
    private static partial Regex Called();

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex Class();

    [GeneratedRegex(@"^    public static (?:Tensor|bool|\([^)]*\))(?:\[\])? (\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Function();
}
