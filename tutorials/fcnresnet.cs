#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// What each pixel belongs to
// ==========================
//
// A fully convolutional network names the class of every pixel (Long et al. 2015). With a picture, one that others have trained on
// photographs says where it sees people, dogs, bicycles and others, twenty kinds in all; without one, a small network of the same form
// learns to tell drawn shapes apart, and colours them.
//
//     dotnet run tutorials/fcnresnet.cs                    shapes that the program draws, a minute or two
//     dotnet run tutorials/fcnresnet.cs -- street.jpg      a photograph, and fcn_resnet50 (135 MB, once)
//     dotnet run tutorials/fcnresnet.cs -- "" 2            shapes, two epochs

using System.Globalization;
using Candeia;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;
using Candeia.Training;
using Candeia.Vision;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(1);
SkiaCodecs.Register();                                       // JPEG and others; programs that use the package need no such call
string? photo = args.Length > 0 && args[0].Length > 0 ? args[0] : null;
int epochs = args.Length > 1 ? int.Parse(args[1]) : 12;


// 1. A network that others have trained
// -------------------------------------
// Weights come with their classes, and with what is to be done to a picture before: its size, and the colours that the network is used to.

if (photo is not null)
{
    var weights = ModelWeights.Of("fcn_resnet50");
    var trained = SegmentationModels.Create("fcn_resnet50", weights: weights).Eval();
    Tensor seen = weights.Transform.Apply(Image.Load(photo).ToRgb().ToTensor());
    using var off = Autograd.NoGrad();
    Tensor of = trained.Forward(seen.Unsqueeze(0)).ArgMax(1)[0];               // [height, width]
    Image shown = Image.FromTensor(Normalize.ImageNet.Inverse().Apply(seen).Clamp(0, 1));
    shown.DrawSegmentationMasks(new Mask(of), alpha: 0.6).Save("segmented.png");
    foreach (var group in of.Flatten().ToArray<long>().GroupBy(c => c).OrderByDescending(g => g.Count()))
        Console.WriteLine($"{weights.Categories[(int)group.Key],12}: {(double)group.Count() / of.Numel:P1} of the pixels");
    return;
}


// 2. One of one's own
// -------------------
// The same form: a residual network sees the picture in ever coarser maps, a head names classes at each place of the last, and the answer
// is brought back to the size of the picture. Class 0 is what is none of the things.

string[] classes = ["background", .. DrawnShapes.Classes];
Transform look = new ToDtype(DType.Float32).Then(Normalize.ImageNet), augment = new RandomHorizontalFlip().Then(new RandomVerticalFlip()).Then(look);
Dataset<Sample> learning = new Scenes(new DrawnShapes(800, 40)).Map((scene, generator) => Prepared(augment.Apply(scene, generator)));
Dataset<Sample> asking = new Scenes(new DrawnShapes(80, 40, seed: 5)).Map(scene => Prepared(look.Apply(scene)));

// Two stages keep the size, and set the points of their windows apart instead, so that places stay fine.
var net = SegmentationModel.Fcn(new ResNet([1, 1, 1, 1], classes: 0, width: 8, smallImages: true, bottleneck: true, dilatedStages: 2), classes.Length);
var fitted = net
    .Setup((scores, mask) => scores.CrossEntropyLoss(mask), p => new AdamW(p, 5e-3), new Accuracy(), new MeanIou())
    .With(new LearningRateSchedule(steps => new OneCycleSchedule(5e-3, steps), Per.Batch))
    .Fit(learning.Loader(16, shuffle: true, workers: 2), epochs, asking.Loader(16, workers: 2));
Console.WriteLine(fitted);


// 3. A look at it
// ---------------

net.Eval();
using (Autograd.NoGrad())
    Image.Grid([.. asking[..8].Select(s => Image.FromTensor(Normalize.ImageNet.Inverse().Apply(s.X).Clamp(0, 1))
        .DrawSegmentationMasks(new Mask(net.Forward(s.X.Unsqueeze(0)).ArgMax(1)[0]), alpha: 0.7))], columns: 4, zoom: 3).Save("segmented.png");
Console.WriteLine($"accuracy {fitted.History.Epochs[^1]["valid_accuracy"]:0.000}, mean IoU {fitted.History.Epochs[^1]["valid_iou"]:0.000}");

static Sample Prepared(Annotated scene) => new(scene.Image, scene.Mask!.Values);


/// <summary>Pictures with a mask of all classes.</summary>
sealed class Scenes(DrawnShapes shapes) : Dataset<Annotated>
{
    public override int Count => shapes.Count;

    public override Annotated this[int index] => shapes.Scene(index) is var scene ? new(scene.Image, Mask: scene.Mask) : null!;
}
