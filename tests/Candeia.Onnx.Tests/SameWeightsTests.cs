using Candeia.Onnx;

namespace Candeia.Tests;

/// <summary>One network that was published in two formats.</summary>
public class SameWeightsTests
{
    [SkippableFact]
    public void A_file_of_PyTorch_and_its_export_hold_the_same_244_tensors()
    {
        var theirs = TensorFile.Load(SharedFolder.Require("models/face/version-RFB-320.pth"));
        using var stream = File.OpenRead(SharedFolder.Require("models/face/version-RFB-320.onnx"));
        var exported = new MessageReader(stream).Model().Graph!.Initializers.ToDictionary(t => t.Name);
        using var data = new TensorData(null);
        int same = 0;
        foreach (var (name, tensor) in theirs)
        {
            var other = data.Read(exported[name]);
            Assert.Equal(tensor.Shape, other.Shape);
            Assert.Equal(tensor.ToArray<double>(), other.ToArray<double>());
            same++;
        }
        Assert.Equal(244, same);
    }
}
