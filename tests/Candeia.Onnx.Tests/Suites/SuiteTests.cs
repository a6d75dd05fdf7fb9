namespace Candeia.Onnx.Tests;

/// <summary>ONNX's own tests of operators and of layers that PyTorch exported.</summary>
public sealed class SuiteTests
{
    // What is no tensor: a sequence, and a value that may be missing.
    static readonly Dictionary<string, string> s_noTensors = new()
    {
        ["node/test_identity_opt"] = "the value 'opt_in' is an optional value, and only tensors are known", ["node/test_identity_sequence"] = "the value 'x' is a sequence, and only tensors are known",
    };

    [SkippableTheory]
    [InlineData("node-tierA.zip", 840)]
    [InlineData("pytorch.zip", 117)]
    public void Results_are_those_of_the_suite(string file, int count)
    {
        using var suite = new Suite(file);
        var failures = suite.Tests.Except(s_noTensors.Keys).Select(t => (Test: t, Failure: suite.Run(t))).Where(f => f.Failure is not null).Select(f => $"{f.Test}: {f.Failure}").ToArray();
        Assert.Equal(count, suite.Tests.Count());
        Assert.All(s_noTensors.Where(_ => file.StartsWith("node", StringComparison.Ordinal)), t => Assert.Contains(t.Value, suite.Run(t.Key), StringComparison.Ordinal));
        Assert.True(failures.Length == 0, $"{failures.Length} of {count}:\n{string.Join('\n', failures)}");
    }
}
