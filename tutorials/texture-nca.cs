#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// A texture that grows by itself
// ==============================
//
// Every pixel is a cell that sees itself and its neighbours, and all cells follow one rule: a network of a few thousand weights that says
// how a cell changes. It learns until what grows from nothing looks like a given texture, wherever one looks and however large the field
// is (Niklasson et al. 2021). What "looks like" means is told by a network that has learnt to see, by its Gram matrices as in
// style-transfer.cs: VGG16, which must be downloaded. Without a picture stripes and dots are drawn, and random filters look at them.
//
//     dotnet run tutorials/texture-nca.cs                      a texture that the program draws, half a minute
//     dotnet run tutorials/texture-nca.cs -- cloth.jpg         your own, and VGG16 (530 MB, once)
//     dotnet run tutorials/texture-nca.cs -- "" 60             the drawn one, so many steps

using System.Globalization;
using Candeia;
using Candeia.Images;
using Candeia.NN;
using Candeia.Vision;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(1);
SkiaCodecs.Register();                                       // JPEG and others; programs that use the package need no such call
bool drawn = args.Length == 0 || args[0].Length == 0;
int steps = args.Length > 1 ? int.Parse(args[1]) : drawn ? 400 : 2000, size = drawn ? 32 : 128;


// 1. The texture
// --------------
// [3, height, width], numbers from 0 to 1.

Tensor texture = drawn ? Dots(size) : new Resize((size, size)).Apply(Image.Load(args[0]).ToRgb().ToTensor());


// 2. What looks at it
// -------------------
// How often two features come together, in layers from fine to coarse: the style, which knows nothing of places.

Layer eye = drawn
    ? new Sequential(new Conv2d(3, 32, 5), new ReLU(), new AvgPool2d(2), new Conv2d(32, 48, 3), new ReLU(), new Conv2d(48, 64, 3), new ReLU())
    : VisionModels.Create("vgg16", weights: ModelWeights.Of("vgg16")).Get<Layer>("features");
string[] layers = drawn ? ["1", "4", "6"] : ["1", "6", "11", "18", "25"];
eye.Eval().Freeze();

Tensor[] Style(Tensor pictures)
{
    var seen = eye.Features(Normalize.ImageNet.Apply(pictures), layers);
    return [.. layers.Select(layer => seen[layer].Flatten(2) is var rows ? rows.MatMul(rows.Transpose(1, 2)) / rows.Shape[2] : null!)];
}

Tensor[] wanted;
using (Autograd.NoGrad()) wanted = Style(texture.Unsqueeze(0));
Tensor Unlike(Tensor pictures) => Style(pictures).Zip(wanted, (seen, style) => (seen - style).Pow(2).Sum([1, 2]).Mean() / style.Pow(2).Sum()).Aggregate((a, b) => a + b);


// 3. The rule
// -----------
// A cell has some numbers, of which the first three are its colour. The last layer begins as zeros: at first nothing ever changes.

const int Cells = 12;
var rule = new Rule(Cells, hidden: drawn ? 64 : 96);
Tensor Colours(Tensor cells) => cells[.., ..3] + 0.5;
Console.WriteLine($"a rule of {rule.Parameters().Sum(p => p.Numel):N0} weights");


// 4. Learning from what has grown
// -------------------------------
// Some fields are kept. In each step four of them grow on for a while, and the rule learns from what they have become; one begins anew,
// so that the rule goes on knowing how. The gradient goes back through all the changes, so its size says little: it is brought to 1.

var random = new Generator(2);
var pool = Enumerable.Range(0, 64).Select(_ => Tensor.Zeros([Cells, size, size])).ToArray();
var adam = new Adam(rule.Parameters(), learningRate: 2e-3);
double before = 0, after = 0;
for (int step = 0; step < steps; step++)
{
    using var scope = Scope.Begin();
    int[] chosen = random.Permutation(pool.Length)[..4];
    if (step % 2 == 0) pool[chosen[0]] = Tensor.Zeros([Cells, size, size]).Keep();
    Tensor cells = Tensor.Stack([.. chosen.Select(i => pool[i])]);
    for (int turns = 16 + random.NextInt(17); turns > 0; turns--) cells = rule.Forward(cells);
    Tensor unlike = Unlike(Colours(cells)), outside = (cells - cells.Clamp(-1, 1)).Abs().Mean();
    adam.ZeroGrad();
    (unlike + outside).Backward();
    using (Autograd.NoGrad())
        foreach (var weights in rule.Parameters()) weights.Grad = weights.Grad! / (weights.Grad!.Pow(2).Sum().Sqrt() + 1e-8);
    if (step == steps * 2 / 3) adam.LearningRate *= 0.3;
    adam.Step();
    for (int i = 0; i < chosen.Length; i++) pool[chosen[i]] = cells[i].Detach().Clone().Keep();
    if (step == 0) before = unlike.Item();
    if (step % Math.Max(1, steps / 8) == 0) Console.WriteLine($"step {step,4}: unlike by {unlike.Item():0.0000}");
}


// 5. A look at it
// ---------------
// From nothing, on a field that is larger than any it has learnt on.

List<Image> shown = [Image.FromTensor(texture)];
using (Autograd.NoGrad())
{
    Tensor cells = Tensor.Zeros([1, Cells, size * 2, size * 2]);
    for (int turn = 0; turn <= 96; turn++)
    {
        if (turn is 8 or 24 or 48 or 96) shown.Add(Image.FromTensor(Colours(cells)[0].Clamp(0, 1)));
        cells = rule.Forward(cells);
    }
    after = Unlike(Colours(cells)).Item();
}
Image.Grid(shown, columns: 5, captions: ["texture", "8 turns", "24", "48", "96"], zoom: drawn ? 3 : 1).Save("grown.png");
rule.Save("texture-rule.safetensors");
Console.WriteLine($"texture loss from {before:0.0000} to {after:0.0000}; see grown.png");


/// <summary>Something that repeats: slanted stripes, and dots between them.</summary>
static Tensor Dots(int size)
{
    double turn = 2 * Math.PI / size;
    Tensor x = Tensor.Arange(size).To(DType.Float32).Reshape(1, size), y = x.Reshape(size, 1);
    Tensor stripe = ((x + y) * (4 * turn)).Sin() * 0.5 + 0.5, dot = (((x * (4 * turn)).Cos() + (y * (4 * turn)).Cos() - 1.2) * 6).Sigmoid();
    return Tensor.Stack([stripe * 0.7 + dot * 0.3, stripe * 0.2 + dot * 0.7 + 0.1, 0.6 - stripe * 0.4 - dot * 0.1]).Clamp(0, 1);
}

/// <summary>
/// How cells change: each sees its own numbers, how they rise to the right and downwards, and how they differ from those around, by fixed
/// filters; what it makes of that is learnt. The field has no border: left follows right. Half of the cells, by chance, wait.
/// </summary>
sealed class Rule : Layer
{
    readonly Conv2d _first, _second;
    [Buffer] readonly Tensor _filters;
    readonly int _cells;

    public Rule(int cells, int hidden)
    {
        float[] own = [0, 0, 0, 0, 1, 0, 0, 0, 0], right = [-1, 0, 1, -2, 0, 2, -1, 0, 1], down = [-1, -2, -1, 0, 0, 0, 1, 2, 1], around = [1, 2, 1, 2, -12, 2, 1, 2, 1];
        Tensor four = Tensor.From([.. own, .. right.Select(v => v / 8), .. down.Select(v => v / 8), .. around.Select(v => v / 16)], [4, 1, 3, 3]);
        _cells = cells;
        _filters = Tensor.Cat([.. Enumerable.Repeat(four, cells)]);
        _first = new Conv2d(4 * cells, hidden, 1);
        _second = new Conv2d(hidden, cells, 1, bias: false);
        using (Autograd.NoGrad()) _second.Weight.Fill(0);
    }

    public override Tensor Forward(Tensor cells)
    {
        Tensor seen = cells.Pad([1, 1, 1, 1], PaddingMode.Circular).Conv2d(_filters, groups: _cells);
        Tensor awake = (Tensor.Rand([cells.Shape[0], 1, cells.Shape[2], cells.Shape[3]]) > 0.5).To(DType.Float32);
        return cells + seen.Apply(_first).Relu().Apply(_second) * awake;
    }
}
