using Candeia.Tests;

namespace Candeia.Cli.Tests;

[Collection(nameof(Here))]
public class NAMETests
{
    [Fact]
    public void Lists_what_a_file_holds()
    {
        using var folder = new TemporaryFolder();
        Safetensors.Save(folder["some.safetensors"], [new("weight", Tensor.Zeros([2, 3]))]);
        Assert.Equal("weight F32 [2, 3]", Tool.Run("KEBAB", "--model", folder["some.safetensors"]).AssertOk().Output.TrimEnd());
    }

    [Fact]
    public void Refuses_a_file_that_is_not_there() => Tool.Run("KEBAB", "--model", "nowhere").AssertRefused(1, "nowhere", "safetensors");
}
