using System.Text.Json;

namespace Candeia.Images.Tests;

/// <summary>Policies choose from torchvision's changes, with its strengths and as often: tests/golden/families/policies.py.</summary>
public class PolicyTests
{
    static readonly Golden s_golden = Golden.Open("policies");
    static readonly Tensor s_picture = s_golden["picture/"]["input0"].Tensor;

    static readonly Dictionary<string, Strengths> s_strengths = new() { ["Cubuk"] = Strengths.Cubuk, ["Wide"] = Strengths.Wide, ["AugMix"] = Strengths.AugMix };

    public static TheoryData<string> Changes => [.. s_golden.Cases.Where(c => s_strengths.ContainsKey(c.Op)).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_is_as_strong_as_in_torchvision(string name)
    {
        var golden = s_golden[name];
        var kind = Enum.Parse<Augmentation>(golden.Text("change")!);
        double strength = golden.Int("sign") * (double)golden.Int("bin") / (golden.Int("bins") - 1);
        var ours = s_strengths[golden.Op].Of(kind, strength, s_picture.Shape[1], s_picture.Shape[2], linear: true, fill: default).Apply(s_picture);
        Tensor expected = golden.Output.Tensor;
        Assert.Equal(expected.Shape, ours.Shape);
        Assert.InRange((ours.To(DType.Float64) - expected.To(DType.Float64)).Abs().Amax().Item(), 0, 1);
    }

    [Fact]
    public void Each_policy_chooses_from_as_many()
    {
        string[] Kinds(string space) => [.. s_golden.Cases.Where(c => c.Op == space).Select(c => c.Text("change")!).Distinct().Order()];
        string[] usual = [.. Strengths.Usual.Select(k => $"{k}").Order()];
        Assert.Equal(usual, Kinds("Cubuk"));
        Assert.Equal(usual, Kinds("Wide"));
        Assert.Equal(usual.Where(k => k != "Identity"), Kinds("AugMix"));
        Assert.All(s_golden.Cases.Where(c => s_strengths.ContainsKey(c.Op) && c.Int("sign") < 0), c => Assert.True(Strengths.IsSigned(Enum.Parse<Augmentation>(c.Text("change")!)), c.Name));
        Assert.Equal(3 * 9 - 1, s_golden.Cases.Count(c => s_strengths.ContainsKey(c.Op) && c.Int("sign") < 0) - 1);
    }

    [Theory]
    [InlineData("imagenet", AutoAugmentPolicy.ImageNet), InlineData("cifar10", AutoAugmentPolicy.Cifar10), InlineData("svhn", AutoAugmentPolicy.Svhn)]
    public void Pairs_are_those_of_torchvision(string name, AutoAugmentPolicy policy)
    {
        static string One(JsonElement change) => $"{change[0].GetString()} {change[1].GetDouble():0.0} {(change[2].ValueKind == JsonValueKind.Null ? 0 : change[2].GetInt32())}";
        Assert.Equal(
            s_golden[$"pairs/{name}"].Args.GetProperty("pairs").EnumerateArray().Select(pair => string.Join(", ", pair.EnumerateArray().Select(One))),
            AutoAugment.PairsOf(policy).Select(pair => string.Join(", ", pair.Select(c => $"{c.Kind} {c.P:0.0} {c.Bin}"))));
    }

    [Fact]
    public void Every_change_and_every_strength_is_as_likely_as_the_others()
    {
        var picture = Golden.Open("transforms")["equalize/large uint8"]["input0"].Tensor;
        // What each of the 14 changes makes of the picture at each of 31 strengths, in each direction; some make the same.
        const int bins = 31, draws = 8000;
        Dictionary<string, HashSet<Augmentation>> made = [];
        foreach (var (i, kind) in Strengths.Usual.Index())
            for (int bin = 0; bin < bins; bin++)
                foreach (int sign in Strengths.IsSigned(kind) ? (int[])[1, -1] : [1])
                {
                    string key = Convert.ToHexString(Strengths.Wide.Of(kind, sign * bin / (bins - 1.0), picture.Shape[1], picture.Shape[2], false, default).Apply(picture).ToArray<byte>());
                    if (!made.TryGetValue(key, out var kinds)) made[key] = kinds = [];
                    kinds.Add(kind);
                }
        var random = new Generator(3);
        int[] seen = new int[Strengths.Usual.Count];
        int several = 0;
        for (int n = 0; n < draws; n++)
        {
            var kinds = made[Convert.ToHexString(new TrivialAugmentWide().Apply(picture, random).ToArray<byte>())];   // nothing else is ever made
            if (kinds.Count > 1) several++;
            else seen[(int)kinds.Single()]++;
        }
        // One of 14 each, less what looks as if nothing had been done: a strength or two of 31 of those that have strengths, and what does nothing.
        foreach (var kind in Strengths.Usual.Where(k => k is not (Augmentation.Identity or Augmentation.TranslateX or Augmentation.TranslateY or Augmentation.Posterize or Augmentation.Solarize)))
            Assert.True(seen[(int)kind] is > draws / 14 * 80 / 100 and < draws / 14 * 120 / 100, $"{kind}: {seen[(int)kind]} of {draws}");
        Assert.InRange(several, draws / 14, draws / 4);
    }
}
