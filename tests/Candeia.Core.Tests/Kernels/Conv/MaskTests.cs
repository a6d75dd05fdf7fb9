using Candeia.Kernels;

namespace Candeia.Tests;

/// <summary>The bits that a pooled convolution saves are defined once: they do not depend on the register, nor on the type of the numbers.</summary>
public class MaskTests
{
    static readonly Dictionary<string, ConvShape> s_shapes = new()
    {
        ["few channels"] = new(2, 3, 7, 8, 5, 3, 3),
        ["blocks"] = new(1, 2, 6, 6, 70, 3, 3),
        ["groups"] = new(1, 6, 6, 6, 39, 3, 3) { Groups = 3 },
        ["each channel"] = new(1, 40, 6, 6, 40, 3, 3) { Groups = 40 },
        ["first layer"] = new(1, 1, 8, 9, 32, 3, 3),
        ["tiles"] = new(1, 32, 10, 10, 96, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 },
    };

    public static TheoryData<string, string, bool> Cases
    {
        get
        {
            TheoryData<string, string, bool> cases = [];
            foreach (string shape in s_shapes.Keys)
                foreach (string register in (string[])["V512 float", "V256 float", "V1 float", "V512 double", "V256 double", "V1 double"])
                    foreach (bool max in (bool[])[false, true]) cases.Add(shape, register, max);
            return cases;
        }
    }

    [SkippableTheory, MemberData(nameof(Cases))]
    public void Bit_j_of_a_word_is_channel_j_of_its_block(string name, string register, bool max)
    {
        var s = s_shapes[name];
        var (x, weight, bias) = ConvRun.Inputs(s);
        var run = ConvRun.For(register);
        double[] y = run.Forward(s, x, weight, bias).Y;                      // [n, oh, ow, oc]
        byte[] mask = run.Forward(s, x, weight, bias, relu: true, max ? ConvPool.Max : ConvPool.Average).Mask;
        int groups = s.IsDepthwise ? 1 : s.Groups, per = s.OutChannels / groups, blocks = groups * ((per + 31) / 32), height = s.OutHeight / 2,
            width = s.OutWidth / 2;
        for (int pixel = 0; pixel < s.Batch * height * width; pixel++)
            for (int c = 0; c < s.OutChannels; c++)
            {
                int image = pixel / (height * width), row = pixel / width % height, column = pixel % width;
                double Sum(int k) => y[((image * s.OutHeight + 2 * row + k / 2) * s.OutWidth + 2 * column + k % 2) * s.OutChannels + c];
                double[] four = [Sum(0), Sum(1), Sum(2), Sum(3)];
                int block = c / per * (blocks / groups) + c % per / 32, bit = c % per % 32, first = Array.IndexOf(four, four.Max());
                for (int k = 0; k < 4; k++)
                {
                    bool set = (mask[((pixel * blocks + block) * 4 + k) * 4 + bit / 8] >> bit % 8 & 1) != 0;
                    Assert.True(set == (four[k] > 0 && (!max || k == first)), $"pixel {pixel}, channel {c}, {k}");
                }
            }
    }
}
