using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// A transformer over the patches of a picture (<see href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021</see>), with the keys of
/// torchvision's: [n, 3, size, size] → [n, classes].
/// </summary>
public sealed class VisionTransformer : Layer
{
    readonly Tensor classToken;
    readonly Conv2d convProj;
    readonly Encoder encoder;
    readonly Heads heads;
    readonly int _size;

    /// <param name="patch">Rows and columns of a patch.</param>
    /// <param name="layers">Layers of the encoder.</param>
    /// <param name="heads">Heads of its attention.</param>
    /// <param name="hidden">Numbers for each patch.</param>
    /// <param name="mlp">Numbers within the layers between.</param>
    /// <param name="classes">The outputs.</param>
    /// <param name="size">Rows and columns of the pictures.</param>
    public VisionTransformer(int patch, int layers, int heads, int hidden, int mlp, int classes = 1000, int size = 224)
    {
        if (size % patch != 0) throw new ArgumentException($"Pictures of {size} pixels cannot be divided into patches of {patch}.");
        _size = size;
        classToken = Parameter.Of(Tensor.Zeros([1, 1, hidden]));
        convProj = new(3, hidden, patch, stride: patch);
        encoder = new(size / patch * (size / patch) + 1, layers, heads, hidden, mlp);
        this.heads = new(hidden, classes);
        Init.TruncatedNormal(convProj.Weight, std: Math.Sqrt(1.0 / (3 * patch * patch)));
        Init.Zeros(convProj.Bias!);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 4 || x.Shape[2] != _size || x.Shape[3] != _size) throw new ShapeException($"This transformer takes pictures [n, 3, {_size}, {_size}], not {x.Shape}.");
        x = x.Apply(convProj).Flatten(2).Transpose(1, 2);
        x = Tensor.Cat([classToken.Expand([x.Shape[0], 1, x.Shape[2]]), x], 1).Apply(encoder);
        return x.Select(1, 0).Apply(heads);
    }

    sealed class Encoder(int length, int layers, int heads, int hidden, int mlp) : Layer
    {
        readonly Tensor posEmbedding = Init.Normal(Parameter.Of(Tensor.Empty([1, length, hidden])), std: 0.02);
        readonly Dictionary<string, EncoderBlock> layers = Enumerable.Range(0, layers).ToDictionary(i => $"encoder_layer_{i}", _ => new EncoderBlock(heads, hidden, mlp));
        readonly LayerNorm ln = new([hidden], 1e-6);

        public override Tensor Forward(Tensor x)
        {
            x += posEmbedding;
            foreach (var (name, layer) in layers) x = x.Apply(layer, name: name);
            return x.Apply(ln);
        }
    }

    sealed class EncoderBlock : Layer
    {
        [StateName("ln_1")] readonly LayerNorm _before;
        readonly MultiheadAttention selfAttention;
        [StateName("ln_2")] readonly LayerNorm _between;
        readonly Sequential mlp;

        public EncoderBlock(int heads, int hidden, int inner)
        {
            (_before, selfAttention, _between) = (new([hidden], 1e-6), new(hidden, heads), new([hidden], 1e-6));
            mlp = [new Linear(hidden, inner), new GELU(), new Dropout(0), new Linear(inner, hidden), new Dropout(0)];
            mlp.Draw(linear: linear =>
            {
                Init.XavierUniform(linear.Weight);
                Init.Normal(linear.Bias!, std: 1e-6);
            });
        }

        public override Tensor Forward(Tensor x)
        {
            x += x.Apply(_before).Apply(selfAttention);
            return x + x.Apply(_between).Apply(mlp);
        }
    }

    sealed class Heads : Layer
    {
        readonly Linear head;

        public Heads(int hidden, int classes)
        {
            head = new(hidden, classes);
            Init.Zeros(head.Weight);
            Init.Zeros(head.Bias!);
        }

        public override Tensor Forward(Tensor x) => x.Apply(head);
    }
}
