namespace Candeia.Tests;

/// <summary>Second derivatives of every op that has a first one, against differences of the first.</summary>
public class SecondDerivativeTests
{
    public static TheoryData<string> Rows => [.. OpTable.WithSecondDerivatives.Where(r => r.Smooth).Select(r => r.Name)];

    [Theory, MemberData(nameof(Rows))]
    public void Are_those_of_differences(string name)
    {
        var row = OpTable.WithSecondDerivatives.Single(r => r.Name == name);
        Autograd.GradGradCheck(x => [row.Run(x)], OpInputs.Of(row, DType.Float64, gradients: true), absolute: 1e-4);
    }
}

static partial class OpTable
{
    /// <summary>Ops whose derivative has derivatives itself.</summary>
    public static IReadOnlyList<Row> WithSecondDerivatives { get; } = [.. Applied.Where(r => r.Name != "sign")];          // its derivative is 0, which has no history
}
