namespace Candeia.Tests;

/// <summary>The golden files themselves: complete, readable, small, and what they claim to be.</summary>
public class GoldenTests
{
    public static TheoryData<string> Families => ["unary", "binary", "functions", "layouts", "statistics", "places", "products", "reductions", "matmul", "linalg", "special", "fourier", "distributions", "movement", "convolution", "layers", "losses", "optimizers", "schedules", "networks", "sequences", "printing"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_case_is_complete(string family)
    {
        var cases = Golden.Open(family).Cases;
        Assert.NotEmpty(cases);
        foreach (var c in cases)
        {
            Assert.NotEmpty(c.Arrays);
            Assert.All(c.Arrays.Values, a => Assert.Equal(a.Shape.Aggregate(1, (n, size) => n * size), a.Doubles.Length));
            if (c.HasGrad) Assert.Contains(c.Arrays.Keys, k => k.StartsWith("grad", StringComparison.Ordinal) && !k.StartsWith("grad_output", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Values_and_gradients_are_those_of_the_operation()
    {
        var c = Golden.Open("unary")["exp/3x5"];
        double[] x = c.Inputs[0].Doubles, sent = c["grad_output0"].Doubles;
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(Math.Exp(x[i]), c.Output.Doubles[i], 1e-13);
            Assert.Equal(Math.Exp(x[i]) * sent[i], c["grad0"].Doubles[i], 1e-13);
        }
    }

    [Fact]
    public void Inputs_are_exact_in_float32()
    {
        foreach (string family in new[] { "unary", "binary", "reductions", "matmul", "movement", "convolution", "layers" })
            foreach (var c in Golden.Open(family).Cases.Where(c => !c.Label.StartsWith("special", StringComparison.Ordinal)))
                foreach (var input in c.Inputs)
                    Assert.DoesNotContain(input.Doubles, x => x != (float)x && !double.IsNaN(x));
    }

    [Fact]
    public void Arguments_read_as_what_they_are()
    {
        var golden = Golden.Open("reductions");
        Assert.Equal([0, 2], golden["sum/2x3x4 dim=[0,2] keepdim=true"].Ints("dim")!);
        Assert.True(golden["sum/2x3x4 dim=[0,2] keepdim=true"].Flag("keepdim"));
        Assert.Null(golden["sum/2x3x4"].Ints("dim"));
        Assert.Equal(double.PositiveInfinity, golden["norm/2x3x4 ord=inf"].Number("ord"));
        Assert.StartsWith("bool uint8 ", Golden.Json("promotion").GetProperty("tensors").GetProperty("mul").GetProperty("bool").GetString(), StringComparison.Ordinal);
    }
}
