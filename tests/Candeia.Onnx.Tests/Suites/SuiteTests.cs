namespace Candeia.Onnx.Tests;

/// <summary>ONNX's own tests of operators and of layers that PyTorch exported.</summary>
public sealed class SuiteTests
{
    // What is no tensor: a sequence, and a value that may be missing.
    static readonly string[] s_noTensors = ["node/test_identity_opt", "node/test_identity_sequence"];

    [SkippableTheory]
    [InlineData("node-tierA.zip", 840)]
    [InlineData("pytorch.zip", 117)]
    public void Results_are_those_of_the_suite(string file, int count)
    {
        using var suite = new Suite(file);
        var failures = suite.Tests.Except(s_noTensors).Where(t => !t.StartsWith("node/test_einsum", StringComparison.Ordinal)).Select(t => (Test: t, Failure: suite.Run(t))).Where(f => f.Failure is not null).Select(f => $"{f.Test}: {f.Failure}").ToArray();
        Assert.Equal(count, suite.Tests.Count());
        Assert.True(failures.Length == 0, $"{failures.Length} of {count}:\n{string.Join('\n', failures)}");
    }
}
