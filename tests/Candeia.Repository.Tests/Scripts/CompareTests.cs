using System.Text.RegularExpressions;

namespace Candeia.Repository.Tests;

/// <summary>bench/compare as far as it is ours: it computes everything that it would measure. The rivals' tables have the same names.</summary>
public partial class CompareTests
{
    static readonly string s_program = Path.Combine(Checkout.Root, "bench", "Candeia.Compare", "bin", Checkout.Configuration, "net10.0", "Candeia.Compare.dll");

    [Fact]
    public void Every_op_is_computed()
    {
        string table = Run("ops", "--quick", "--ours");
        Assert.All(Names("bench/Candeia.Compare/Ops/OurOps.cs", Entry()), op => Assert.Contains($"| {op} | rows |", table, StringComparison.Ordinal));
    }

    [Fact]
    public void Networks_predict_and_learn()
    {
        string table = Run("small-mlp", "autoencoder", "vae", "lstm", "gru", "gpt", "attention", "--quick", "--ours");
        Assert.Equal(7, Regex.Count(table, "^Candeia  ", RegexOptions.Multiline));
    }

    [Theory]
    [InlineData("bench/Candeia.Compare/Ops/OurOps.cs", "bench/Candeia.Rivals/TorchOps.cs")]
    public void The_others_have_the_same_ops(string ours, string theirs) => Assert.Equal(Names(ours, Entry()), Names(theirs, Entry()));

    [Fact]
    public void The_others_have_the_same_networks() =>
        Assert.Equal(Names("bench/Candeia.Compare/Work.cs", Work()).Order(), Names("bench/Candeia.Rivals/Networks.cs", Entry()).Order());

    static string Run(params string[] arguments)
    {
        var (code, output, error) = Checkout.Run(Checkout.Root, Checkout.Dotnet, [s_program, .. arguments]);
        Assert.True(code == 0, error);
        return output;
    }

    static string[] Names(string file, Regex name) => [.. name.Matches(Checkout.Read(file.Split('/'))).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"^ +\[""([^""]+)""\] = (?:k|new)", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^ +new\(""([a-z0-9-]+)"", """, RegexOptions.Multiline)]
    private static partial Regex Work();
}
